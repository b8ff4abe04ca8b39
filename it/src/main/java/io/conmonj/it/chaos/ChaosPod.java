package io.conmonj.it.chaos;

import io.conmonj.client.model.LogConfig;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.EchoSession;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is attacked: a monitor with little memory and few descriptors, and six containers, one that
 * writes without end, one with a terminal, a quiet one, one that reads, one that forks without end,
 * and such as end by themselves.
 */
final class ChaosPod implements AutoCloseable {
  /** Of descriptors, for the monitor. */
  private static final int DESCRIPTORS = 256;

  private static final String KILLED = "137";

  /** As many lines as the disk of the log takes for a few seconds; their number is left behind. */
  private static final String FLOOD =
      "i=0; while [ ! -e /tmp/stop ]; do i=$((i+1)); echo $i;"
          + " [ $((i % 200)) != 0 ] || usleep 20000; done; echo $i > /tmp/total";

  private static final String FORK_BOMB = "BEGIN { while (1) system(\"sleep 1 &\") }";

  private final EchoPod echo;
  private final LogDisk disk;
  private final MemoryCgroup cgroup;
  private final ExpectedExits exits = new ExpectedExits();
  private final PodContainer flood;
  private final PodContainer terminal;
  private final PodContainer reader;
  private final PodContainer bomb;
  private final Rotations rotations;
  private final int descriptorsBefore;

  private ChaosPod(EchoPod echo, LogDisk disk, MemoryCgroup cgroup) throws IOException {
    this.echo = echo;
    this.disk = disk;
    this.cgroup = cgroup;
    flood = pod().container("sh", "-c", FLOOD);
    Path log = disk.directory().resolve("log");
    flood.create(it -> it.logDrivers(List.of(new LogConfig.Cri(log, 0)))).start();
    rotations = new Rotations(pod(), flood.id(), log);
    terminal = pod().terminalContainer("cat").create(it -> it.stdin(true)).start();
    reader = pod().container("sh", "-c", "cat > /dev/null").create(it -> it.stdin(true)).start();
    bomb = pod().container("awk", FORK_BOMB);
    Bounds.set(bomb);
    bomb.run();
    try (EchoSession first = ExecEcho.start(echo)) {
      byte[] _ = first.roundTrip(new byte[1]);
    }
    for (ProcessFacts each : pod().process().all()) {
      cgroup.add(each.pid());
    }
    limitDescriptors(DESCRIPTORS);
    Await.until("no session", () -> sessions() == 0);
    descriptorsBefore = pod().process().descriptors().size();
  }

  /**
   * Starts it.
   *
   * @param launcher what starts the monitor
   */
  static ChaosPod start(Path launcher, Path directory) throws IOException {
    LogDisk disk = LogDisk.mount(directory.resolve("logs"), "4m");
    MemoryCgroup cgroup = MemoryCgroup.create("conmonj-chaos");
    EchoPod echo = EchoPod.in(BusyboxPod.startBy(launcher, directory));
    try {
      return new ChaosPod(echo, disk, cgroup);
    } catch (IOException failed) {
      echo.close();
      disk.close();
      throw failed;
    }
  }

  EchoPod echo() {
    return echo;
  }

  BusyboxPod pod() {
    return echo.pod();
  }

  PodContainer flood() {
    return flood;
  }

  PodContainer terminal() {
    return terminal;
  }

  PodContainer reader() {
    return reader;
  }

  PodContainer quiet() {
    return echo.container();
  }

  LogDisk disk() {
    return disk;
  }

  Rotations rotations() {
    return rotations;
  }

  ExpectedExits exits() {
    return exits;
  }

  /** Runs of the OCI runtime that the monitor waits for just now. */
  List<Long> runtimes() {
    return strangers().stream().filter(ChaosPod::isRunc).toList();
  }

  /** Children of the monitor other than its containers. */
  private List<Long> strangers() {
    Set<Long> containers =
        Set.of(flood.pid(), terminal.pid(), reader.pid(), bomb.pid(), quiet().pid());
    return pod().process().children().stream().filter(each -> !containers.contains(each)).toList();
  }

  private static boolean isRunc(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).startsWith("runc");
    } catch (IOException ended) {
      return false;
    }
  }

  /** Of the monitor, until it is called again. */
  void limitDescriptors(int most) throws IOException {
    for (ProcessFacts each : pod().process().all()) {
      HostCommand.tryOn(each.pid(), "prlimit", "--nofile=" + most + ":", "--pid");
    }
  }

  /**
   * Takes back what an attack may have left, and waits until no offender is connected.
   *
   * @param sessions those of others
   */
  void calmDown(int sessions) throws IOException {
    disk.free();
    limitDescriptors(DESCRIPTORS);
    Await.until("no session of an offender", () -> sessions() == sessions);
  }

  private int sessions() {
    try {
      return Replies.await(pod().monitor().listSessions()).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each line, each exit, and nothing left in the monitor; ends all containers but one. */
  void checkAll() throws IOException {
    Files.createFile(flood.root().resolve("tmp/stop"));
    Await.until("the flood's exit is recorded", this::floodHasExited);
    Await.until("no session", () -> sessions() == 0);
    exits.check(pod());
    Await.until("no process but the containers", () -> strangers().isEmpty());
    expect("exit code of the flood", flood.exitCode(), "0");
    rotations.readAll();
    String total = Files.readString(flood.root().resolve("tmp/total")).strip();
    expect("lines of the flood", Long.toString(rotations.lines()), total);
    System.out.printf(
        "  %s lines in %d files (%d of them over two), %d exits, %s%n",
        total, rotations.files(), rotations.cutLines(), exits.count(), cgroup.peak());
    checkDescriptors();
    for (PodContainer each : List.of(terminal, reader, bomb)) {
      pod().runc().kill(each.id(), "KILL");
      Await.until("exit of " + each.id() + " is recorded", each::hasExited);
      expect("exit code of one that was killed", each.exitCode(), KILLED);
    }
    Set<String> left = new TreeSet<>(pod().runc().list());
    List.of(flood, terminal, reader, bomb, quiet()).forEach(each -> left.remove(each.id()));
    expect("containers that nobody has made", left.toString(), "[]");
  }

  /** On a disk that is full again its log would wait: it is rotated up to the end. */
  private boolean floodHasExited() {
    try {
      rotations.rotate();
    } catch (IOException ended) {
      // What is left is read afterwards.
    }
    return flood.hasExited();
  }

  private void checkDescriptors() {
    try {
      Await.until(
          "as many descriptors, " + descriptorsBefore,
          () -> pod().process().descriptors().size() <= descriptorsBefore);
    } catch (AssertionError left) {
      throw new AssertionError(left.getMessage() + ": " + pod().process().descriptors(), left);
    }
  }

  private static void expect(String what, String is, String expected) {
    if (!is.equals(expected)) {
      throw new AssertionError(what + ": " + is + " instead of " + expected);
    }
  }

  @Override
  public void close() throws IOException {
    try (cgroup;
        disk) {
      echo.close();
    }
  }
}
