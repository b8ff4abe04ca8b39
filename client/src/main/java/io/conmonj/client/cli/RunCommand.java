package io.conmonj.client.cli;

import io.conmonj.client.Monitor;
import io.conmonj.client.MonitorException;
import io.conmonj.client.MonitorOptions;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.LogConfig;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "run",
    description = {
      "Create a container from an OCI bundle and start it.",
      "",
      "The container is looked after by the monitor of --runtime-dir, which is started if there is"
          + " none. Its output goes to a log in the CRI format; when it has ended, its exit code is"
          + " written to a file."
    },
    footer = {
      "  # Run the bundle in /srv/box as container box",
      "  conmonjctl run box /srv/box",
      "",
      "  # With a terminal (the bundle's process.terminal must be true), and standard input open",
      "  conmonjctl run -it shell /srv/shell",
      "",
      "  # Create it only; it is started later",
      "  conmonjctl run --no-start box /srv/box",
      "  runc start box",
      "",
      "  # Rotate the log when it is 10 MiB long, and put the exit code where another program waits",
      "  conmonjctl run --log-size-max 10485760 --exit-path /run/exits/box box /srv/box",
      "",
      "  # Give it an open file, as its descriptor 3",
      "  conmonjctl run --additional-fd 5 box /srv/box 5</srv/secret"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;
  @ParentCommand private Conmonjctl parent;
  @Mixin private MonitorStart start;
  @Mixin private GivenDescriptors descriptors;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the container a terminal")
  private boolean terminal;

  @Option(
      names = {"-i", "--stdin"},
      description = "Keep the container's standard input open, for attaching")
  private boolean stdin;

  @Option(names = "--no-start", description = "Create the container, but do not start it")
  private boolean noStart;

  @Option(
      names = "--log-path",
      paramLabel = "FILE",
      description = "The log. Default: ID.log in the monitor's directory")
  private Path logPath;

  @Option(
      names = "--log-size-max",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "Begin a new log file after so many bytes; 0 for never. Default: 0")
  private long logSizeMax;

  @Option(
      names = "--exit-path",
      paramLabel = "FILE",
      description =
          "Where the exit code is written; can be repeated. Default: ID.exit in the monitor's"
              + " directory")
  private List<Path> exitPaths = List.of();

  @Option(
      names = "--oom-exit-path",
      paramLabel = "FILE",
      description = "A file that is made if the container ends for want of memory; repeatable")
  private List<Path> oomExitPaths = List.of();

  @Option(
      names = "--create-arg",
      paramLabel = "ARG",
      description = "An argument for the runtime's create, for example --no-pivot; repeatable")
  private List<String> createArgs = List.of();

  @Parameters(index = "0", paramLabel = "ID", description = "The container's name")
  private String id;

  @Parameters(index = "1", paramLabel = "BUNDLE", description = "The OCI bundle's directory")
  private Path bundle;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ContainerFiles.checkId(id);
    GlobalOptions global = parent.global();
    if (!Files.isRegularFile(bundle.resolve("config.json"))) {
      throw new CommandFailedException("bundle " + bundle + ": there is no config.json in it");
    }
    MonitorOptions options = start.options(global);
    RuntimeCommand runtime =
        new RuntimeCommand(options.runtime(), options.runtimeRoot(), global.cgroupManager());
    FailedRun undo = new FailedRun(global.runtimeDir());
    try (ClientLoop loop = new ClientLoop();
        Monitor monitor = Monitor.startOrJoin(loop, options)) {
      CreateContainerRequest request;
      long pid;
      try (GivenDescriptors.Slots given = descriptors.send(monitor)) {
        request = request(global, given);
        runtime = runtimeOf(monitor, options);
        pid = begin(monitor, runtime, request, undo);
      } catch (IOException | RuntimeException e) {
        undo.remove(monitor, runtime, e);
        throw e;
      }
      report(global, monitor, request, pid);
    }
    return ExitCodes.OK;
  }

  private long begin(
      Monitor monitor, RuntimeCommand runtime, CreateContainerRequest request, FailedRun undo)
      throws IOException {
    StaleExits stale = new StaleExits(request.exitPaths());
    undo.creates(request);
    long pid;
    try {
      pid = Replies.await(monitor.createContainer(request));
    } catch (MonitorException refused) {
      throw TakenId.explain(refused, id, runtime);
    }
    undo.created(request);
    stale.remove();
    if (!noStart) {
      runtime.start(id);
    }
    return pid;
  }

  /** The monitor's: a container that one runtime has created is unknown to another. */
  private RuntimeCommand runtimeOf(Monitor monitor, MonitorOptions options) throws IOException {
    GlobalOptions global = parent.global();
    ServerInfo info;
    try {
      info = Replies.await(monitor.serverInfo());
    } catch (MonitorException e) {
      info = ServerInfo.UNKNOWN;
    }
    if (info.runtime().isEmpty()) {
      // The monitor does not say which runtime it has.
      return new RuntimeCommand(options.runtime(), options.runtimeRoot(), global.cgroupManager());
    }
    Path program = GlobalOptions.find(info.runtime()).orElse(Path.of(info.runtime()));
    Optional<Path> root =
        info.runtimeRoot().isEmpty() ? Optional.empty() : Optional.of(Path.of(info.runtimeRoot()));
    if (global.namesRuntime() && !same(program, options.runtime())) {
      throw new CommandFailedException(
          "--runtime " + options.runtime() + ": the monitor runs containers by " + program);
    }
    if (global.runtimeRoot().isPresent()
        && (root.isEmpty() || !same(root.get(), global.runtimeRoot().get()))) {
      throw new CommandFailedException(
          "--runtime-root "
              + global.runtimeRoot().get()
              + ": the monitor's is "
              + root.map(Path::toString).orElse("the default of " + program));
    }
    return new RuntimeCommand(program, root, global.cgroupManager());
  }

  private static boolean same(Path one, Path other) throws IOException {
    return one.equals(other)
        || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
  }

  private CreateContainerRequest request(GlobalOptions global, GivenDescriptors.Slots given)
      throws IOException {
    List<String> args = new ArrayList<>(given.createArgs());
    args.addAll(createArgs);
    Path log = logPath == null ? ContainerFiles.log(global, id) : logPath.toAbsolutePath();
    List<Path> exits = exitPaths.isEmpty() ? List.of(ContainerFiles.exit(global, id)) : exitPaths;
    return CreateContainerRequest.builder(id, bundle.toRealPath())
        .terminal(terminal)
        .stdin(stdin)
        .logDrivers(List.of(new LogConfig.Cri(log, logSizeMax)))
        .exitPaths(exits.stream().map(Path::toAbsolutePath).toList())
        .oomExitPaths(oomExitPaths.stream().map(Path::toAbsolutePath).toList())
        .commandArgs(args)
        .additionalFds(given.additional())
        .leakFds(given.leaked())
        .cgroupManager(global.cgroupManager())
        .build();
  }

  private void report(
      GlobalOptions global, Monitor monitor, CreateContainerRequest request, long pid)
      throws IOException {
    if (!global.json()) {
      console.line(id);
      return;
    }
    console.line(
        Json.object(
            json -> {
              json.writeStringField("id", id);
              json.writeNumberField("pid", pid);
              json.writeNumberField("monitorPid", monitor.processId());
              json.writeStringField("state", noStart ? "created" : "started");
              LogConfig.Cri log = (LogConfig.Cri) request.logDrivers().getFirst();
              json.writeStringField("log", log.path().toString());
              json.writeArrayFieldStart("exitPaths");
              for (Path path : request.exitPaths()) {
                json.writeString(path.toString());
              }
              json.writeEndArray();
            }));
  }
}
