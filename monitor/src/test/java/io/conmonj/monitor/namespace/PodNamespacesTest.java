package io.conmonj.monitor.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.oci.HeldChildren;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real namespaces: needs root. */
class PodNamespacesTest {
  private static final IdMappings IDS = new IdMappings(List.of("0 100000 1000", "1000 300000 5"));
  private static final List<NamespaceType> ALL = List.of(NamespaceType.values());

  @TempDir Path base;
  private LoopThread thread;
  private HeldChildren held;
  private Processes processes;
  private PodNamespaces namespaces;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(ThisProcess.effectiveUser() == 0, "needs root to make namespaces");
    thread = LoopThread.start();
    held = HeldChildren.start(thread);
    processes = held.processes();
    namespaces = new PodNamespaces(thread.loop(), processes);
  }

  @AfterEach
  void stop() throws Exception {
    if (thread == null) {
      return;
    }
    thread.await(namespaces::close);
    awaitNoChildren();
    thread.close();
    held.close();
    assertThat(mounts()).isEmpty();
  }

  private NamespacesRequest request(String pod, NamespaceType... fresh) {
    return new NamespacesRequest(pod, base, List.of(fresh), IDS, IDS);
  }

  private int make(NamespacesRequest request) throws Exception {
    thread.await(() -> namespaces.create(request));
    return Integer.parseInt(Files.readString(request.pidFile()));
  }

  private List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(base.toString()))
        .toList();
  }

  private List<ProcessHandle> children() {
    return held.children();
  }

  private static String of(Object process, NamespaceType type) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", process.toString(), "ns", type.fileName()))
        .toString();
  }

  private static String pinned(NamespacesRequest request, NamespaceType type) throws IOException {
    Object inode = Files.getAttribute(request.path(type), "unix:ino");
    return type.fileName() + ":[" + inode + "]";
  }

  private void awaitGone(NamespacesRequest request) throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (Files.exists(request.pidFile()) || !mounts().isEmpty()) {
      assertThat(System.nanoTime()).as("removed in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void allFiveTypesArePinnedNewWithUsersMapped() throws Exception {
    NamespacesRequest request = request("pod.with.dots", NamespaceType.values());
    int pause = make(request);
    for (NamespaceType type : ALL) {
      assertThat(pinned(request, type)).isEqualTo(of(pause, type)).isNotEqualTo(of("self", type));
      assertThat(Files.size(request.path(type))).isZero();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(request.path(type))))
          .isEqualTo("r--r--r--");
    }
    assertThat(mounts()).hasSize(ALL.size());
    assertThat(request.path(NamespaceType.NET)).isEqualTo(base.resolve("netns/pod.with.dots"));
    for (String map : List.of("uid_map", "gid_map")) {
      assertThat(Files.readString(Path.of("/proc/" + pause, map)).replaceAll(" +", " ").strip())
          .isEqualTo("0 100000 1000\n 1000 300000 5");
    }
    List<String> status = Files.readAllLines(Path.of("/proc/" + pause, "status"));
    assertThat(status).contains("Uid:\t100000\t100000\t100000\t100000");
    assertThat(status).contains("NSpid:\t" + pause + "\t1");
    awaitChildren(1);
    assertThat(children()).extracting(ProcessHandle::pid).containsExactly((long) pause);
  }

  @Test
  void whatIsNotAskedForIsTheMonitorsOwn() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.NET);
    int pause = make(request);
    for (NamespaceType type : ALL) {
      assertThat(pinned(request, type)).isEqualTo(of(pause, type));
      assertThat(pinned(request, type).equals(of("self", type)))
          .isEqualTo(type != NamespaceType.NET);
    }
  }

  @Test
  void withNoTypeAtAllAllAreTheMonitorsOwn() throws Exception {
    NamespacesRequest request = request("pod");
    make(request);
    for (NamespaceType type : ALL) {
      assertThat(pinned(request, type)).isEqualTo(of("self", type));
    }
  }

  @Test
  void severalPodsHaveTheirOwnAndASecondCallChangesNothing() throws Exception {
    NamespacesRequest one = request("pod", NamespaceType.IPC, NamespaceType.PID);
    NamespacesRequest other = request("pod.2", NamespaceType.IPC, NamespaceType.PID);
    int pause = make(one);
    assertThat(make(other)).isNotEqualTo(pause);
    assertThat(pinned(one, NamespaceType.IPC)).isNotEqualTo(pinned(other, NamespaceType.IPC));
    assertThat(make(one)).isEqualTo(pause);
    awaitChildren(2);
    assertThatThrownBy(() -> make(request("pod", NamespaceType.NET)))
        .hasMessage("init pause: pod pod has got others already");
  }

  @Test
  void twoCallsAtOnceAreOne() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.UTS);
    var first = thread.call(() -> namespaces.create(request));
    var second = thread.call(() -> namespaces.create(request));
    LoopThread.await(first);
    LoopThread.await(second);
    awaitChildren(1);
  }

  @Test
  void aNewProcessCanBeStartedInThePinnedPidNamespaceAndItsOrphansAreReaped() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.PID);
    int pause = make(request);
    Process inside =
        new ProcessBuilder(
                "nsenter",
                "--pid=" + request.path(NamespaceType.PID),
                "sh",
                "-c",
                "(sleep 0.1 &) ; echo $$")
            .redirectErrorStream(true)
            .start();
    int pid = Integer.parseInt(inside.inputReader().readLine());
    assertThat(pid).isBetween(2, 50);
    inside.waitFor();
    Path orphans = Path.of("/proc/" + pause + "/task/" + pause + "/children");
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!Files.readString(orphans).isBlank()) {
      assertThat(System.nanoTime()).as("reaped in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void whenTheProcessThatStaysDiesAllIsRemovedAndCanBeMadeAnew() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.values());
    int pause = make(request);
    Kill.process(pause, Signal.KILL);
    awaitGone(request);
    thread.run(() -> assertThat(namespaces.openNetwork("/nowhere")).isEmpty());
    assertThat(make(request)).isNotEqualTo(pause);
  }

  @Test
  void atTheMonitorsEndAllIsRemovedAndNothingIsMadeAnyMore() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.values());
    make(request);
    thread.await(namespaces::close);
    assertThat(mounts()).isEmpty();
    awaitNoChildren(); // a process that was killed may take a moment to end
    for (NamespaceType type : ALL) {
      assertThat(request.path(type)).doesNotExist();
    }
    assertThat(request.pidFile()).doesNotExist();
    assertThatThrownBy(() -> make(request)).hasMessage("init pause: the monitor is stopping");
  }

  @Test
  void theNetworkIsHeldOpenAlsoWhenItsFileIsGone() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.NET);
    int pause = make(request);
    String path = request.path(NamespaceType.NET).toString();
    new Pins(request).remove();
    try (Fd network = thread.call(() -> namespaces.openNetwork(path)).orElseThrow()) {
      assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + network.number())).toString())
          .isEqualTo(of(pause, NamespaceType.NET));
    }
  }

  @Test
  void whatCannotBePinnedIsNamedAndAllIsUndone() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.values());
    Files.createDirectories(base.resolve("userns/pod/in-the-way"));
    assertThatThrownBy(() -> make(request))
        .hasMessageStartingWith("init pause: look at what is there below " + base)
        .hasMessageContaining("EISDIR");
    assertNothingIsLeft(request);
    Files.delete(base.resolve("userns/pod/in-the-way"));
    Files.delete(base.resolve("userns/pod"));
    Files.delete(base.resolve("userns"));
    Files.createFile(base.resolve("userns"));
    assertThatThrownBy(() -> make(request))
        .hasMessageStartingWith("init pause: pin user namespace at " + base + "/userns/pod");
    assertNothingIsLeft(request);
  }

  private void assertNothingIsLeft(NamespacesRequest request) throws Exception {
    assertThat(mounts()).isEmpty();
    // The kernel takes a moment to end the first process of a PID namespace.
    awaitNoChildren();
    assertThat(request.path(NamespaceType.IPC)).doesNotExist();
    assertThat(request.pidFile()).doesNotExist();
  }

  private void awaitNoChildren() throws Exception {
    awaitChildren(0);
  }

  /** Waits until there are as many: those that only helped to make namespaces end a bit later. */
  private void awaitChildren(int count) throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (children().size() != count) {
      assertThat(System.nanoTime()).as("ended in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void usersThatTheKernelDoesNotTakeAreNamed() throws Exception {
    IdMappings twice = new IdMappings(List.of("0 1000 10", "5 2000 10"));
    NamespacesRequest request =
        new NamespacesRequest("pod", base, List.of(NamespaceType.USER), twice, IDS);
    assertThatThrownBy(() -> make(request))
        .hasMessageStartingWith("init pause: map users and groups: write uid_map: ")
        .hasMessageContaining("EINVAL");
    assertNothingIsLeft(request);
  }

  @Test
  void whatTheHelpersSayIsTold() throws Exception {
    IdMappings withoutRoot = new IdMappings(List.of("5 1000 10"));
    NamespacesRequest request =
        new NamespacesRequest("pod", base, List.of(NamespaceType.USER), withoutRoot, withoutRoot);
    assertThatThrownBy(() -> make(request))
        .hasMessageStartingWith("init pause: make namespaces: nsenter: ")
        .hasMessageContaining("Invalid argument");
    assertNothingIsLeft(request);
  }

  @Test
  void whatHangsIsGivenUpInTimeAndUndoneWhenItGoesOn() throws Exception {
    thread.await(namespaces::close);
    namespaces = new PodNamespaces(thread.loop(), processes, Duration.ofSeconds(4));
    NamespacesRequest request = request("pod", NamespaceType.PID, NamespaceType.NET);
    Files.createDirectories(base.resolve("conmonrs"));
    new ProcessBuilder("mkfifo", request.pidFile().toString()).start().waitFor();
    assertThatThrownBy(() -> make(request))
        .hasMessage("init pause: look at what is there below " + base + ": not done within 4 s");
    assertThatThrownBy(() -> make(request))
        .hasMessageContaining("the last attempt for pod pod is still being undone");
    OpenFile.forReadingAndWriting(request.pidFile().toString()).close();
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!children().isEmpty() || Files.exists(request.pidFile())) {
      assertThat(System.nanoTime()).as("undone in time").isLessThan(deadline);
      Thread.sleep(5);
    }
    assertNothingIsLeft(request);
  }

  @Test
  void whatAKilledMonitorLeftIsReplacedButNotWhatIsStillInUse() throws Exception {
    NamespacesRequest request = request("pod", NamespaceType.NET, NamespaceType.PID);
    int pause = make(request);
    PodNamespaces another = new PodNamespaces(thread.loop(), processes);
    assertThatThrownBy(() -> thread.await(() -> another.create(request)))
        .hasMessageContaining("process " + pause + " stays in namespaces of pod pod already");
    assertThat(pinned(request, NamespaceType.NET)).isEqualTo(of(pause, NamespaceType.NET));
    Files.writeString(request.pidFile(), "1");
    thread.await(() -> another.create(request));
    assertThat(mounts()).hasSize(ALL.size());
    assertThat(pinned(request, NamespaceType.NET)).isNotEqualTo(of(pause, NamespaceType.NET));
    thread.await(another::close);
  }
}
