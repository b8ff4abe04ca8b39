package io.conmonj.it.bench.density;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorGoneException;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.MonitorStartException;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.Runc;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A monitor for each pod, which is driven over conmon-rs' control interface. */
final class RpcNode implements LoggingNode {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int TRIALS = 1000;

  private final String name;
  private final Path program;
  private final List<String> flags;
  private final Path directory;
  private final Runc runc;
  private final ClientLoop loop = new ClientLoop();
  private final Map<String, Monitor> pods = new LinkedHashMap<>();

  private RpcNode(String name, Path program, List<String> flags, Path directory) {
    this.name = name;
    this.program = program;
    this.flags = flags;
    this.directory = directory;
    this.runc = new Runc(Runc.find(), directory.resolve("runc"));
  }

  /** With the monitors of the distribution, awake. */
  static RpcNode conmonj(Path directory) {
    return conmonj(directory, "0");
  }

  /**
   * With the monitors of the distribution.
   *
   * @param sleepAfter as their flag has it
   */
  static RpcNode conmonj(Path directory, String sleepAfter) {
    Path program = Distribution.program("conmonj");
    return new RpcNode("conmonj", program, List.of("--sleep-after", sleepAfter), directory);
  }

  /**
   * With those of conmon-rs.
   *
   * @param program their executable
   */
  static RpcNode conmonRs(Path program, Path directory) {
    return new RpcNode("conmon-rs", program, List.of(), directory);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare(String id) {
    BusyboxBundle.create(bundle(id), false, List.of("sleep", "1000000"));
  }

  @Override
  public void create(String id) throws IOException {
    Path home = directory.resolve(id);
    Monitor monitor =
        start(
            MonitorOptions.of(program, runc.program(), directory(id))
                .withRuntimeRoot(runc.root())
                .withLog("none", "info")
                .withArguments(flags));
    pods.put(id, monitor);
    Replies.await(
        monitor.createContainer(
            CreateContainerRequest.builder(id, bundle(id))
                .exitPaths(List.of(home.resolve("exit")))
                .logDrivers(List.of(new LogConfig.Cri(home.resolve("log"), 0)))
                .build()));
  }

  private Monitor start(MonitorOptions options) throws IOException {
    try {
      return Monitor.start(loop, options);
    } catch (MonitorStartException notYet) {
      return awaitMonitor(options, notYet);
    }
  }

  /** The launcher of conmon-rs may end a moment before its monitor listens. */
  private Monitor awaitMonitor(MonitorOptions options, MonitorStartException failed)
      throws IOException {
    Command.awaitFile(options.runtimeDir().resolve(Monitor.SOCKET_NAME));
    for (int i = 0; i < TRIALS; i++) {
      try {
        return Monitor.join(loop, options.runtimeDir());
      } catch (MonitorGoneException notYet) {
        Command.pause();
      }
    }
    throw failed;
  }

  @Override
  public void start(String id) {
    runc.start(id);
  }

  @Override
  public void exec(String id) throws IOException {
    ExecSyncResult result =
        Replies.await(pods.get(id).execSync(ExecSyncRequest.of(id, List.of("true"), LIMIT)));
    if (result.exitCode() != 0) {
      throw new IOException("exec ended with " + result.exitCode());
    }
  }

  @Override
  public void stop(String id) throws IOException {
    runc.kill(id, "KILL");
    Command.awaitFile(directory.resolve(id).resolve("exit"));
  }

  @Override
  public long process(String id) {
    return runc.pid(id);
  }

  /** A monitor that nobody is connected to sleeps, unless it cannot. */
  @Override
  public boolean isAtRest() {
    pods.values().forEach(Monitor::close);
    return monitors().size() == pods.size();
  }

  @Override
  public List<Long> monitors() {
    return pods.values().stream()
        .flatMap(each -> new MonitorFacts(each.processId()).all().stream())
        .map(ProcessFacts::pid)
        .toList();
  }

  @Override
  public void close() throws IOException {
    try (loop) {
      for (Map.Entry<String, Monitor> pod : pods.entrySet()) {
        pod.getValue().stop(LIMIT);
        runc.delete(pod.getKey());
      }
    }
  }

  /** The runtime directory of its monitor. */
  Path directory(String id) {
    return directory.resolve(id).resolve("run");
  }

  /** What carries connections to its monitors. */
  ClientLoop loop() {
    return loop;
  }

  private Path bundle(String id) {
    return directory.resolve(id).resolve("bundle");
  }
}
