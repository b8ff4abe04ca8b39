package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.proc.MonitorFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A monitor that a launcher has started; closing it ends it. */
final class RunningMonitor implements AutoCloseable {
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final long PAUSE_MILLIS = 10;

  private final Path directory;
  private final long pid;

  RunningMonitor(Path directory) throws IOException {
    this.directory = directory;
    this.pid = Long.parseLong(Files.readString(directory.resolve("pidfile")));
  }

  /** Starts one, and expects that the launcher is content and says nothing. */
  static RunningMonitor start(Path directory) throws IOException, InterruptedException {
    return start(Launched.program("conmonj"), directory);
  }

  static RunningMonitor start(Path program, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments(directory));
    assertThat(Launched.run(Map.of(), command)).isEqualTo(new Launched(0, ""));
    return new RunningMonitor(directory);
  }

  static List<String> arguments(Path directory) {
    return List.of(
        "--runtime", "/bin/true", "--runtime-dir", directory.toString(), "--log-driver", "none");
  }

  long pid() {
    return pid;
  }

  Path socket() {
    return directory.resolve("conmon.sock");
  }

  /** Connects, with no second try. */
  SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket()));
    return channel;
  }

  /** Whether a monitor listens at a socket, whose file is there a little before that. */
  static boolean listens(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException notYet) {
      return false;
    }
  }

  String name() throws IOException {
    return Files.readString(proc("comm")).strip();
  }

  /** A field of /proc/PID/stat by its number in proc(5), from the third on. */
  String stat(int field) throws IOException {
    String stat = Files.readString(proc("stat"));
    int thirdField = stat.lastIndexOf(')') + 2;
    return List.of(stat.substring(thirdField).split(" ", -1)).get(field - 3);
  }

  Path workingDirectory() throws IOException {
    return Files.readSymbolicLink(proc("cwd"));
  }

  /** Of the holder and the Java VM. */
  List<String> descriptors() {
    return new MonitorFacts(pid).descriptors();
  }

  /** The files that the Java VM's memory is mapped from. */
  List<String> mappedFiles() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(worker()), "maps"))) {
      return lines
          .filter(line -> line.indexOf('/') >= 0)
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    }
  }

  boolean alive() {
    try {
      return !stat(3).equals("Z");
    } catch (IOException gone) {
      return false;
    }
  }

  /** The pid of the Java VM. */
  long worker() {
    return new MonitorFacts(pid).worker().pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    signal(name, pid);
  }

  /** Kills holder and worker at once, as by their cgroup. */
  void killAll() throws IOException, InterruptedException {
    signal("KILL", pid, worker());
  }

  static void signal(String name, long... pids) throws IOException, InterruptedException {
    StringBuilder command = new StringBuilder("kill -").append(name);
    for (long pid : pids) {
      command.append(' ').append(pid);
    }
    Launched kill = Launched.run(Map.of(), List.of("sh", "-c", command.toString()));
    assertThat(kill).isEqualTo(new Launched(0, ""));
  }

  void awaitEnd() {
    await("the end of the monitor", () -> !alive());
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited a minute in vain for " + what);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    if (alive()) {
      try {
        signal("TERM");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      awaitEnd();
    }
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
