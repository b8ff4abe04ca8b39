package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Nth system call of a kind fails, for each N there is while a monitor does one of everything:
 * no line is lost, the exit is told, and the monitor goes on. {@code -Dconmonj.faults=N} is how
 * many of each kind are tried at most.
 */
@Timeout(1800)
@NeedsContainers
class SystemCallFaultTest {
  private static final int AT_MOST = Integer.getInteger("conmonj.faults", 2);

  @TempDir static Path directory;
  private static EchoPod pod;

  @BeforeAll
  static void startPod() throws Exception {
    assumeTrue(Injection.isPossible(), "strace is not installed");
    pod = EchoPod.in(BusyboxPod.startWith(directory));
    FaultedPod first = new FaultedPod(pod);
    first.prepare();
    first.work();
    first.check();
    // Without it, whoever writes logs has no work and may end before it is looked for.
    pod.pod().container("sh", "-c", "while :; do echo busy; sleep 4; done").run();
  }

  @AfterAll
  static void stopPod() throws Exception {
    if (pod != null) {
      pod.close();
    }
  }

  static Stream<Fault> ofTheLoop() {
    return Stream.of(
        new Fault("openat", "EMFILE"),
        new Fault("pipe2", "EMFILE"),
        new Fault("accept4", "EMFILE"),
        new Fault("accept4", "ENOMEM"),
        new Fault("memfd_create", "EMFILE"),
        new Fault("epoll_ctl", "ENOMEM"),
        new Fault("epoll_ctl", "ENOSPC"),
        new Fault("clone,clone3", "EAGAIN"),
        new Fault("clone,clone3", "ENOMEM"),
        new Fault("recvmsg", "ENOMEM"),
        new Fault("poll,ppoll", "ENOMEM"),
        new Fault("recvfrom", "ENOMEM"),
        new Fault("sendto,sendmsg,writev", "ENOMEM"),
        new Fault("write", "EAGAIN"),
        new Fault("write", "ENOMEM"),
        new Fault("read", "EAGAIN"));
  }

  static Stream<Fault> ofLogWriters() {
    return Stream.of(
        new Fault("write,writev,pwrite64", "ENOSPC"),
        new Fault("write,writev,pwrite64", "ENOMEM"),
        new Fault("write,writev,pwrite64", "EAGAIN"));
  }

  @ParameterizedTest
  @MethodSource("ofTheLoop")
  void oneSystemCallOfTheLoopFailsAndNothingIsLost(Fault fault) throws Exception {
    MonitorThreads threads = new MonitorThreads(pod.pod().process().worker().pid());
    List<Long> loop = await("the loop is idle", threads::loop, seen -> seen.size() == 1);
    assertThat(strike(fault, loop)).as("times it struck").isPositive();
  }

  @ParameterizedTest
  @MethodSource("ofLogWriters")
  void oneSystemCallOfALogWriterFailsAndNoLineIsLost(Fault fault) throws Exception {
    MonitorThreads threads = new MonitorThreads(pod.pod().process().worker().pid());
    List<Long> writers =
        await("a log writer is at work", threads::logWriters, seen -> !seen.isEmpty());
    assertThat(strike(fault, writers)).as("times it struck").isPositive();
  }

  /** The threads as they were seen when they were what is waited for: another look may differ. */
  private static List<Long> await(
      String what, Supplier<List<Long>> look, Predicate<List<Long>> wanted) {
    AtomicReference<List<Long>> seen = new AtomicReference<>();
    Await.until(
        what,
        () -> {
          seen.set(look.get());
          return wanted.test(seen.get());
        });
    return seen.get();
  }

  private static int strike(Fault fault, List<Long> threads) throws Exception {
    int number = 0;
    boolean struck = true;
    while (struck && number < AT_MOST) {
      number++;
      struck = strike(fault, number, threads);
    }
    return struck ? number : number - 1;
  }

  private static boolean strike(Fault fault, int number, List<Long> threads) throws Exception {
    FaultedPod faulted = new FaultedPod(pod);
    faulted.prepare();
    String failed;
    try (Injection injection = Injection.begin(threads, fault, number, directory)) {
      faulted.work();
      failed = injection.happened() ? injection.failedCall() : null;
    } catch (Throwable broken) {
      throw new AssertionError(fault + " at call " + number, broken);
    }
    System.out.printf("%s at call %d: %s%n", fault, number, failed);
    try {
      faulted.check();
    } catch (Throwable broken) {
      throw new AssertionError(fault + " at call " + number + ": " + failed, broken);
    }
    return failed != null;
  }
}
