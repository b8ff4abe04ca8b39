package io.conmonj.monitor.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Kill;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Poll;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.StartTime;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolderLinkTest {
  private static final long TAG = 0x0200_0000_0000_0007L;

  /** PROTOCOL.md: so many there can be. */
  private static final int DEPOSITS = 4096;

  // signal(7), of x86-64 and aarch64
  private static final int CONT = 18;
  private static final int STOP = 19;

  @TempDir Path directory;

  private final HeardEvents heard = new HeardEvents();
  private LoopThread thread;
  private HolderFixture holder;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    holder = HolderFixture.start();
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
    holder.close();
  }

  /** The worker becomes ready, and its events are told on the loop. */
  private HolderLink watched() throws Exception {
    HolderLink link = holder.link();
    thread.run(
        () -> {
          link.watch(thread.loop(), heard);
          link.ready(0);
        });
    return link;
  }

  private static SpawnCommand shell(String script) {
    return SpawnCommand.program("/bin/sh").arguments(List.of("-c", script)).ownProcessGroup();
  }

  private static void assertRefused(int errno, LoopThread.Action action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            KernelException.class, refused -> assertThat(refused.errno()).isEqualTo(errno));
  }

  private static String read(Fd fd) throws Exception {
    byte[] bytes = new byte[64 * 1024];
    int length = Math.max(0, Io.read(fd, bytes));
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Test
  void theFirstWorkerIsWelcomed() throws Exception {
    Welcome welcome = holder.link().welcome();
    assertThat(welcome.pid()).isEqualTo(holder.pid());
    assertThat(welcome.first()).isTrue();
    assertThat(welcome.detached()).isFalse();
    assertThat(welcome.candidate()).isFalse();
    assertThat(welcome.stopping()).isFalse();
    assertThat(welcome.reason()).isEqualTo(WakeReason.FIRST_START);
    assertThat(welcome.starts()).isEqualTo(1);
    assertThat(welcome.crashes()).isZero();
    assertThat(welcome.descriptor()).isEmpty();
    assertThat(welcome.decided()).isPositive().isLessThanOrEqualTo(System.nanoTime());
  }

  @Test
  void whatWasDepositedIsThereForTheNextWorker() throws Exception {
    HolderLink link = watched();
    try (Pipe pipe = Pipe.open();
        Pipe other = Pipe.open()) {
      thread.run(
          () -> {
            for (int i = 0; i < 40; i++) {
              link.deposit("c" + i + ".out", pipe.readEnd(), WakeRule.OUTPUT);
            }
            link.deposit("c7.out", other.readEnd(), WakeRule.OUTPUT);
            link.rule("c7.out", WakeRule.NEVER);
            link.withdraw("c8.out");
            link.withdraw("never.deposited");
            assertRefused(Errno.ENOENT, () -> link.rule("c8.out", WakeRule.NEVER));
            holder.killWorker();
          });
      Io.write(other.writeEnd(), "seventh".getBytes(StandardCharsets.UTF_8));
      HolderLink next = holder.nextWorker();
      assertThat(next.welcome().reason()).isEqualTo(WakeReason.CRASH);
      assertThat(next.welcome().crashes()).isEqualTo(1);
      List<HeldFd> taken = next.take();
      assertThat(taken).hasSize(39).extracting(HeldFd::name).doesNotContain("c8.out");
      HeldFd seventh =
          taken.stream().filter(each -> each.name().equals("c7.out")).findAny().orElseThrow();
      assertThat(Fcntl.isCloseOnExec(seventh.fd())).isTrue();
      assertThat(read(seventh.fd())).isEqualTo("seventh");
      taken.forEach(each -> each.fd().close());
    }
  }

  @Test
  void manyAreDepositedAndWithdrawnTogether() throws Exception {
    HolderLink link = holder.link();
    try (Pipe pipe = Pipe.open()) {
      link.deposit("old", pipe.readEnd(), WakeRule.NEVER);
      link.together(
          () -> {
            for (int i = 0; i < 100; i++) {
              link.deposit("c" + i, pipe.readEnd(), WakeRule.NEVER);
            }
            link.withdraw("old");
            link.withdraw("never.deposited");
          });
      List<HeldFd> taken = link.take();
      assertThat(taken).hasSize(100).extracting(HeldFd::name).doesNotContain("old");
      taken.forEach(each -> each.fd().close());
    }
  }

  @Test
  void ofManyThatAreDepositedTogetherTheFirstThatIsRefusedIsTold() throws Exception {
    HolderLink link = holder.link();
    try (Pipe pipe = Pipe.open()) {
      assertThatThrownBy(
              () ->
                  link.together(
                      () -> {
                        for (int i = 0; i < DEPOSITS + 2; i++) {
                          link.deposit("c" + i, pipe.readEnd(), WakeRule.NEVER);
                        }
                      }))
          .isInstanceOf(KernelException.class)
          .hasMessage(new KernelException(Errno.ENOSPC, "deposit", "c" + DEPOSITS).getMessage());
      link.together(
          () -> {
            for (int i = 0; i < DEPOSITS; i++) {
              link.withdraw("c" + i);
            }
          });
      assertThat(link.take()).isEmpty();
    }
  }

  @Test
  void aNameThatIsTooLongIsRefusedHere() throws Exception {
    HolderLink link = holder.link();
    try (Pipe pipe = Pipe.open()) {
      assertThatThrownBy(() -> link.deposit("x".repeat(59), pipe.readEnd(), WakeRule.NEVER))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> link.deposit("", pipe.readEnd(), WakeRule.NEVER))
          .isInstanceOf(IllegalArgumentException.class);
      link.deposit("x".repeat(58), pipe.readEnd(), WakeRule.NEVER);
      List<HeldFd> taken = link.take();
      assertThat(taken).singleElement().extracting(HeldFd::name).isEqualTo("x".repeat(58));
      taken.forEach(each -> each.fd().close());
    }
  }

  @Test
  void theStateIsThatOfTheLastPut() throws Exception {
    HolderLink link = holder.link();
    assertThat(link.state()).isEmpty();
    for (String text : List.of("one", "two")) {
      try (Fd file = MemoryFile.createSealable("state")) {
        Io.writeAll(file, text.getBytes(StandardCharsets.UTF_8));
        assertRefused(Errno.EINVAL, () -> link.putState(file));
        MemoryFile.seal(file);
        link.putState(file);
      }
    }
    try (Fd state = link.state().orElseThrow();
        Fd start = io.conmonj.kernel.OpenFile.forReading("/proc/self/fd/" + state.number())) {
      assertThat(read(start)).isEqualTo("two");
    }
  }

  @Test
  void aProgramIsSpawnedAsDescribedAndItsEndTold() throws Exception {
    HolderLink link = watched();
    try (Pipe output = Pipe.open()) {
      SpawnCommand command =
          SpawnCommand.program("sh")
              .arguments(List.of("-c", "pwd; echo $MARK; ps -o pgid= -p $$; echo $$ >&7; exit 5"))
              .environment(List.of("MARK=it is there"))
              .directory("/usr")
              .ownProcessGroup()
              .descriptor(1, output.writeEnd())
              .descriptor(7, output.writeEnd());
      Started started = thread.call(() -> link.spawn(command, TAG));
      HeldProcess ended = heard.exit();
      assertThat(ended.started()).isEqualTo(started);
      assertThat(ended.tag()).isEqualTo(TAG);
      assertThat(ended.running()).isFalse();
      assertThat(ended.status()).contains(new ExitStatus.Exited(5));
      assertThat(ended.endedAt()).isPositive();
      assertThat(read(output.readEnd()).lines().map(String::strip))
          .containsExactly("/usr", "it is there", "" + started.pid(), "" + started.pid());
      thread.run(() -> link.acknowledge(started));
      assertRefused(Errno.ESRCH, () -> thread.run(() -> link.acknowledge(started)));
      assertThat(thread.call(link::list)).isEmpty();
    }
  }

  @Test
  void aProgramThatIsNotThereLeavesNothing() throws Exception {
    HolderLink link = watched();
    thread.run(
        () -> {
          assertRefused(Errno.ENOENT, () -> link.spawn(SpawnCommand.program("/no/such"), TAG));
          assertRefused(Errno.ENOENT, () -> link.spawn(SpawnCommand.program("no-such"), TAG));
          assertRefused(Errno.EACCES, () -> link.spawn(SpawnCommand.program("/etc/passwd"), TAG));
          assertThat(link.list()).isEmpty();
        });
  }

  @Test
  void whatRunsIsListedSignalledAndTellsWhatKilledIt() throws Exception {
    HolderLink link = watched();
    Started started = thread.call(() -> link.spawn(shell("sleep 1000 & wait"), TAG));
    assertThat(started.start()).isEqualTo(StartTime.of(started.pid()));
    thread.run(
        () -> {
          assertThat(link.list())
              .containsExactly(
                  new HeldProcess(started.pid(), started.start(), TAG, true, Optional.empty(), 0));
          link.signal(started.pid(), 0, Whom.GROUP);
          assertRefused(Errno.EBUSY, () -> link.acknowledge(started));
          link.signal(started.pid(), Signal.KILL, Whom.BOTH);
        });
    assertThat(heard.exit().status()).contains(new ExitStatus.Killed(Signal.KILL, false));
    assertRefused(Errno.ESRCH, () -> thread.run(() -> link.signal(started.pid(), 0, Whom.PROCESS)));
  }

  @Test
  void theEndThatNobodyAcknowledgedIsToldToTheNextWorker() throws Exception {
    HolderLink link = watched();
    try (Pipe lifeline = Pipe.open()) {
      Started started =
          thread.call(
              () -> link.spawn(shell("read x <&3; exit 6").descriptor(3, lifeline.readEnd()), TAG));
      thread.run(holder::killWorker);
      lifeline.writeEnd().close();
      HolderLink next = holder.nextWorker();
      thread.run(
          () -> {
            next.watch(thread.loop(), heard);
            next.ready(0);
          });
      HeldProcess ended = heard.exit();
      assertThat(ended.started()).isEqualTo(started);
      assertThat(ended.status()).contains(new ExitStatus.Exited(6));
    }
  }

  /** More than the holder's queue has room for, while nothing is read. */
  @Test
  void noEndIsLostAmongManyRequests() throws Exception {
    HolderLink link = watched();
    int many = 60;
    List<Started> started =
        thread.call(
            () -> {
              List<Started> all = new java.util.ArrayList<>();
              for (int i = 0; i < many; i++) {
                all.add(link.spawn(SpawnCommand.program("/bin/true"), i));
              }
              return all;
            });
    java.util.Set<Started> ends = new java.util.HashSet<>();
    for (int i = 0; i < many; i++) {
      ends.add(heard.exit().started());
    }
    assertThat(ends).containsExactlyInAnyOrderElementsOf(started);
  }

  @Test
  void whatIsToldWithoutMemoryIsToldAgain() throws Exception {
    HolderLink link = watched();
    heard.failWithErrors(2);
    thread.run(() -> link.spawn(shell("exit 3"), TAG));
    assertThat(heard.exit().status()).contains(new ExitStatus.Exited(3));
    heard.failWithErrors(1);
    Kill.process(holder.pid(), Signal.HUP);
    assertThat(heard.signal()).isEqualTo(Signal.HUP);
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void anOrphanIsAdoptedOnceAlsoAfterItsEnd() throws Exception {
    HolderLink link = watched();
    try (Pipe output = Pipe.open();
        Pipe lifeline = Pipe.open()) {
      thread.run(() -> link.launches(4, 4));
      Started parent =
          thread.call(
              () ->
                  link.spawn(
                      shell("(read x <&3; exit 9) & echo $!")
                          .descriptor(1, output.writeEnd())
                          .descriptor(3, lifeline.readEnd()),
                      TAG));
      assertThat(heard.exit().started()).isEqualTo(parent);
      int pid = Integer.parseInt(read(output.readEnd()).strip());
      Started adopted = thread.call(() -> link.adopt(pid, 1, parent.start()));
      assertThat(adopted.pid()).isEqualTo(pid);
      assertRefused(Errno.EEXIST, () -> thread.run(() -> link.adopt(pid, 1, 0)));
      assertRefused(
          Errno.ESRCH,
          () -> thread.run(() -> link.adopt((int) ProcessHandle.current().pid(), 1, 0)));
      lifeline.writeEnd().close();
      HeldProcess ended = heard.exit();
      assertThat(ended.started()).isEqualTo(adopted);
      assertThat(ended.status()).contains(new ExitStatus.Exited(9));
    }
  }

  @Test
  void signalsOfTheProcessAreTold() throws Exception {
    watched();
    for (int signal : new int[] {Signal.HUP, Signal.QUIT, Signal.TERM}) {
      Kill.process(holder.pid(), signal);
      assertThat(heard.signal()).isEqualTo(signal);
    }
  }

  @Test
  void asleepItIsWokenByADescriptorAndTellsByWhich() throws Exception {
    HolderLink link = watched();
    try (Pipe pipe = Pipe.open()) {
      thread.run(
          () -> {
            link.deposit("c1.out", pipe.readEnd(), WakeRule.READABLE);
            assertThat(link.sleep(0)).isTrue();
            assertThat(link.isOver()).isTrue();
            holder.endWorker(0);
          });
      Io.write(pipe.writeEnd(), new byte[] {1});
      Welcome welcome = holder.nextWorker().welcome();
      assertThat(welcome.reason()).isEqualTo(WakeReason.DESCRIPTOR);
      assertThat(welcome.descriptor()).isEqualTo("c1.out");
      assertThat(welcome.sleeps()).isEqualTo(1);
      assertThat(welcome.crashes()).isZero();
      assertThat(heard.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asleepAPeerThatOnlyAsksWhetherSomebodyIsThereIsAnsweredAlsoByAnotherHolder(boolean another)
      throws Exception {
    HolderLink link = watched();
    String path = directory.resolve("peer").toString();
    try (Fd listener = UnixSocket.listen(SocketType.SEQPACKET, path);
        Fd peer = UnixSocket.connect(SocketType.SEQPACKET, path);
        Fd socket = UnixSocket.accept(listener).orElseThrow()) {
      thread.run(
          () -> {
            link.echo(6, ascii("ping"));
            link.deposit("peer", socket, WakeRule.READABLE_BUT_ECHO);
            if (another) {
              link.withdraw("peer");
              link.succession().replaceHolder(HolderPrograms.holder().toString());
              link.deposit("peer", socket, WakeRule.READABLE_BUT_ECHO);
            }
            assertThat(link.sleep(0)).isTrue();
            holder.endWorker(0);
          });
      Io.write(peer, ascii("ping 1"));
      assertThat(Poll.readable(peer, Math.toIntExact(LoopThread.PATIENCE.toMillis()))).isTrue();
      assertThat(read(peer)).isEqualTo("ping 1");
      Io.write(peer, ascii("other!"));
      assertThat(holder.nextWorker().welcome().descriptor()).isEqualTo("peer");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void itIsWokenWhenItsTimeHasCome() throws Exception {
    HolderLink link = watched();
    thread.run(
        () -> {
          assertThat(link.sleep(System.nanoTime() + 50_000_000)).isTrue();
          holder.endWorker(0);
        });
    assertThat(holder.nextWorker().welcome().reason()).isEqualTo(WakeReason.TIME);
  }

  @Test
  void thereIsNoSleepWhileAnEndIsNotAcknowledged() throws Exception {
    HolderLink link = watched();
    Started started = thread.call(() -> link.spawn(SpawnCommand.program("/bin/true"), TAG));
    heard.exit();
    thread.run(
        () -> {
          assertThat(link.sleep(0)).isFalse();
          assertThat(link.isOver()).isFalse();
          link.acknowledge(started);
          assertThat(link.sleep(0)).isTrue();
          holder.endWorker(0);
        });
  }

  @Test
  void theHolderEndsWithTheStatusThatItIsGiven() throws Exception {
    HolderLink link = watched();
    thread.run(
        () -> {
          link.end(3);
          holder.endWorker(0);
        });
    assertThat(holder.holder().waitFor()).isEqualTo(3);
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void theEndOfTheHolderIsToldAndNothingCanBeAskedThen() throws Exception {
    HolderLink link = watched();
    holder.holder().destroyForcibly();
    heard.awaitEnd();
    assertThat(link.isOver()).isTrue();
    assertRefused(Errno.EPIPE, () -> thread.run(link::list));
    thread.run(() -> link.withdraw("c1.out"));
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void aHolderThatDiesWhileItIsAskedIsToldToo() throws Exception {
    HolderLink link = watched();
    thread.run(
        () -> {
          holder.holder().destroyForcibly().waitFor();
          assertThatThrownBy(link::list).isInstanceOf(KernelException.class);
        });
    heard.awaitEnd();
  }

  @Test
  void aHolderThatDoesNotAnswerIsTakenForDead() throws Exception {
    holder.link().ready(0);
    holder.killWorker();
    HolderLink impatient = HolderLink.of(holder.awaitSocket(), Duration.ofSeconds(4));
    thread.run(
        () -> {
          impatient.watch(thread.loop(), heard);
          impatient.ready(0);
          Kill.process(holder.pid(), STOP);
          try {
            assertRefused(Errno.ETIMEDOUT, impatient::list);
            assertRefused(Errno.EPIPE, impatient::list);
          } finally {
            Kill.process(holder.pid(), CONT);
          }
        });
    heard.awaitEnd();
    thread.run(impatient::close);
  }

  @Test
  void whatTheHolderSaysBeginsWithThePrefix() throws Exception {
    HolderLink link = watched();
    thread.run(
        () -> {
          link.logTo("PRIORITY=4\nMESSAGE=", Optional.empty());
          holder.killWorker();
        });
    holder.nextWorker();
    assertThat(holder.said()).contains("PRIORITY=4\nMESSAGE=worker ");
    assertThatThrownBy(() -> holder.link().logTo("x".repeat(253), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noDescriptorIsLeftBehind() throws Exception {
    HolderLink link = watched();
    Path open = Path.of("/proc/self/fd");
    try (Pipe pipe = Pipe.open()) {
      thread.run(
          () -> {
            useDescriptors(link, pipe);
            long before = count(open);
            for (int i = 0; i < 20; i++) {
              useDescriptors(link, pipe);
            }
            assertThat(count(open)).isLessThan(before + 10);
          });
    }
  }

  private static void useDescriptors(HolderLink link, Pipe pipe) throws Exception {
    link.deposit("c1.out", pipe.readEnd(), WakeRule.OUTPUT);
    link.take().forEach(each -> each.fd().close());
    link.spawn(shell("exit 0").descriptor(1, pipe.writeEnd()), TAG);
    assertRefused(Errno.ENOENT, () -> link.spawn(SpawnCommand.program("/no/such"), TAG));
  }

  private static long count(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
