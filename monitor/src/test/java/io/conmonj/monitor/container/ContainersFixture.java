package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.log.CriLog;
import io.conmonj.monitor.log.FaultyLogs;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogOwner;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogRate;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.log.LogWriter;
import io.conmonj.monitor.log.Rotation;
import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.oci.FaultyProcesses;
import io.conmonj.monitor.oci.HeldChildren;
import io.conmonj.monitor.oci.OciRuntime;
import io.conmonj.monitor.oci.Processes;
import io.conmonj.monitor.oci.RuntimeConfig;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.FaultyBuffers;
import io.conmonj.monitor.stdio.Followers;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.UncountedMemory;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** For tests: a registry of containers on a loop of its own, with everything below it. */
public final class ContainersFixture {
  /** Of a container's output. */
  static final int REPLAY_BYTES = 1024;

  private static final AtomicLong COUNT = new AtomicLong(System.nanoTime());

  public final LoopThread thread;
  public final EventLoop loop;
  final HeldChildren held;
  final Processes processes;
  final Containers containers;
  final Path directory;
  final RealRunc runc;
  private final long memoryBefore = directMemory();
  private final LogWriter logWriter;
  private final ReadBuffer buffer;
  private final List<String> ids = new ArrayList<>();

  private ContainersFixture(Path directory, Path runtime, ContainerLimits limits, LogRate rate)
      throws Exception {
    this(
        directory,
        runtime,
        limits,
        rate,
        LoopThread.start(),
        thread -> HeldChildren.start(thread),
        LogWriter::new,
        UncountedMemory.buffer(),
        loop -> Keeping.NONE);
  }

  private ContainersFixture(Path directory, Function<EventLoop, Keeping> keep, Children children)
      throws Exception {
    this(
        directory,
        RealRunc.PROGRAM,
        ContainerLimits.DEFAULT,
        LogRate.NONE,
        LoopThread.start(),
        children,
        LogWriter::new,
        UncountedMemory.buffer(),
        keep);
  }

  private ContainersFixture(
      Path directory,
      Path runtime,
      ContainerLimits limits,
      LogRate rate,
      LoopThread thread,
      Children children,
      Function<EventLoop, LogWriter> logs,
      ReadBuffer buffer,
      Function<EventLoop, Keeping> keep)
      throws Exception {
    this.buffer = buffer;
    this.thread = thread;
    this.directory = directory;
    this.runc = new RealRunc(Files.createDirectories(directory.resolve("state")));
    Path own = Files.createDirectories(directory.resolve("monitor"));
    loop = thread.loop();
    logWriter = logs.apply(loop);
    Keeping keeping = keep.apply(loop);
    held = children.of(thread);
    processes = held.processes();
    OciRuntime oci =
        new OciRuntime(
            loop,
            processes,
            buffer,
            new RuntimeConfig(runtime.toString(), Optional.of(runc.root().toString()), "info"));
    containers =
        new Containers(
            loop,
            processes,
            oci,
            buffer,
            new ContainersConfig(
                own, List.of(Path.of("/run"), Path.of("/tmp")), limits, REPLAY_BYTES, rate),
            new ContainerMemory(
                UncountedMemory.account(),
                UncountedMemory.account(),
                new Followers(UncountedMemory.account())),
            Optional.empty(),
            keeping);
  }

  private interface Children {
    HeldChildren of(LoopThread thread) throws Exception;
  }

  private static long directMemory() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** With the runc of this machine. */
  public static ContainersFixture withRunc(Path directory) throws Exception {
    return withRunc(directory, ContainerLimits.DEFAULT);
  }

  static ContainersFixture withRunc(Path directory, ContainerLimits limits) throws Exception {
    RealRunc.assumeAvailable();
    return new ContainersFixture(directory, RealRunc.PROGRAM, limits, LogRate.NONE);
  }

  static ContainersFixture withRunc(Path directory, LogRate rate) throws Exception {
    RealRunc.assumeAvailable();
    return new ContainersFixture(directory, RealRunc.PROGRAM, ContainerLimits.DEFAULT, rate);
  }

  /** With runc, and a place for what survives it. */
  static ContainersFixture withRunc(Path directory, Function<EventLoop, Keeping> keep)
      throws Exception {
    RealRunc.assumeAvailable();
    return new ContainersFixture(directory, keep, HeldChildren::start);
  }

  /** With runc, and a loop and buffers whose memory can be missing. */
  public static ContainersFixture withFaults(Path directory, Allocations allocations)
      throws Exception {
    RealRunc.assumeAvailable();
    return new ContainersFixture(
        directory,
        RealRunc.PROGRAM,
        ContainerLimits.DEFAULT,
        LogRate.NONE,
        allocations.loop(),
        thread ->
            HeldChildren.start(
                thread, (loop, link) -> new FaultyProcesses(loop, link, allocations)),
        loop -> FaultyLogs.writer(loop, allocations),
        FaultyBuffers.readBuffer(allocations),
        loop -> Keeping.NONE);
  }

  /** With a shell script in the place of the runtime. */
  static ContainersFixture withScript(Path directory, ContainerLimits limits, String script)
      throws Exception {
    return withScript(directory, limits, script, loop -> Keeping.NONE);
  }

  /** The same, with a place for what survives it. */
  static ContainersFixture withScript(
      Path directory, ContainerLimits limits, String script, Function<EventLoop, Keeping> keep)
      throws Exception {
    Path file = directory.resolve("fake-runtime");
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new ContainersFixture(
        directory,
        file,
        limits,
        LogRate.NONE,
        LoopThread.start(),
        HeldChildren::start,
        LogWriter::new,
        UncountedMemory.buffer(),
        keep);
  }

  /** Where a container's files are. */
  public Path path(String id, String name) {
    return directory.resolve(id).resolve(name);
  }

  /** A container of busybox with a CRI log and an exit file, to be created. */
  public CreateContainer spec(boolean terminal, boolean stdin, String... command) throws Exception {
    String id = "conmonj-test-" + COUNT.incrementAndGet();
    ids.add(id);
    Path bundle =
        RealRunc.bundle(Files.createDirectories(directory.resolve(id)), terminal, command);
    LogOpener log =
        logSource()
            .opener(
                id,
                bundle.toString(),
                new LogSpec(LogSpec.Kind.CRI, bundle.resolve("log").toString(), 0));
    return ContainerDraft.of(ContainerDraft.arguments(id, bundle.toString()), terminal, stdin)
        .logs(List.of(log))
        .exitPaths(List.of(bundle.resolve("exit").toString()))
        .create();
  }

  /** What opens the CRI logs of its containers. */
  LogSource logSource() {
    return (id, bundle, spec) ->
        new LogOpener() {
          @Override
          public CompletableFuture<LogDriver> open() {
            return open(LogMemory.NONE);
          }

          @Override
          public CompletableFuture<LogDriver> open(LogMemory memory) {
            return CriLog.open(
                logWriter,
                new LogOwner(id),
                Path.of(spec.path()),
                Rotation.NONE,
                Optional.empty(),
                memory);
          }

          @Override
          public CompletableFuture<LogDriver> resume(LogPosition position, LogMemory memory) {
            Path path = Path.of(spec.path());
            return CriLog.open(
                logWriter, new LogOwner(id), path, Rotation.NONE, Optional.of(position), memory);
          }

          @Override
          public Optional<LogSpec> spec() {
            return Optional.of(spec);
          }
        };
  }

  /** Creates one. */
  public Container create(CreateContainer spec) throws Exception {
    return thread.await(() -> containers.create(spec));
  }

  /** Creates and starts. */
  public Container run(CreateContainer spec) throws Exception {
    Container container = create(spec);
    runc.run("start", container.id());
    return container;
  }

  /** Starts one that was created. */
  public void start(Container container) throws Exception {
    runc.run("start", container.id());
  }

  /** Creates and starts a container that sleeps, to run commands in. */
  Container sleeping() throws Exception {
    return run(spec(false, false, "sleep", "100000"));
  }

  /** Waits for its recorded exit. */
  public int exit(Container container) throws Exception {
    return thread.await(container::exited);
  }

  ExecSyncResult execSync(Container container, String... command) throws Exception {
    ExecSpec spec = exec(false, false, command);
    return thread.await(() -> container.execSync(spec, Duration.ZERO).result());
  }

  /** A command to be run in a container. */
  static ExecSpec exec(boolean terminal, boolean stdin, String... command) {
    return new ExecSpec(
        ExecArguments.of(List.of(command)), terminal, stdin, Optional.empty(), List.of());
  }

  /** Standard output as text; the result is released. */
  static String stdout(ExecSyncResult result) {
    try (result) {
      return result.stdout().toString(StandardCharsets.UTF_8);
    }
  }

  /** What the container logged, without stamps, streams and tags, in whatever pieces it came. */
  public List<String> logged(String id) throws Exception {
    List<String> lines = new ArrayList<>();
    Map<String, String> begun = new HashMap<>();
    for (String record : Files.readAllLines(path(id, "log"))) {
      String[] fields = record.split(" ", 4);
      if (fields.length < 4) {
        break; // the last one, which is being written
      }
      String text = begun.getOrDefault(fields[1], "") + fields[3];
      if (fields[2].equals("F")) {
        begun.remove(fields[1]);
        lines.add(text);
      } else {
        begun.put(fields[1], text);
      }
    }
    lines.addAll(begun.values());
    return lines;
  }

  /**
   * Another one with the same containers, whose worker follows this one's. That one is dead, and
   * its loop has ended. It is ready when {@link #ready} is called.
   */
  ContainersFixture successor(Function<EventLoop, Keeping> keep) throws Exception {
    ContainersFixture next = new ContainersFixture(directory, keep, held::successor);
    next.ids.addAll(ids);
    return next;
  }

  /** Has the holder tell it of ends. */
  void ready() throws Exception {
    thread.run(held::becomeReady);
  }

  /** Kills and removes all, and sees that no memory is held. */
  public void close() throws Exception {
    thread.await(() -> containers.shutdown(LoopThread.PATIENCE));
    for (String id : ids) {
      try {
        runc.run("delete", "--force", id);
      } catch (IOException gone) {
        // It never came to life.
      }
    }
    thread.run(buffer::close);
    thread.close();
    held.close();
    assertThat(directMemory()).as("bytes of native memory after the test").isEqualTo(memoryBefore);
  }
}
