package io.conmonj.monitor.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker after the other, and one holder after the other, with a real holder. */
class SuccessionTest {
  @TempDir Path files;

  private final HeardEvents heard = new HeardEvents();
  private LoopThread thread;
  private HolderFixture holder;
  private HolderLink link;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    holder = HolderFixture.start();
    link = holder.link();
    thread.run(
        () -> {
          link.watch(thread.loop(), heard);
          link.ready(0);
        });
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
    holder.close();
  }

  private static void assertRefused(int errno, LoopThread.Action action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            KernelException.class, refused -> assertThat(refused.errno()).isEqualTo(errno));
  }

  /** A candidate that is ready, and the active worker knows. */
  private HolderLink candidate() throws Exception {
    thread.run(() -> link.succession().begin(holder.worker()));
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    heard.awaitCandidate();
    return candidate;
  }

  /** The active worker hands over, on its own thread. */
  private CompletableFuture<Optional<String>> handOver() {
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    thread
        .loop()
        .execute(
            () -> {
              try {
                result.complete(link.succession().handOver());
              } catch (KernelException failed) {
                result.completeExceptionally(failed);
              }
            });
    return result;
  }

  private static List<String> names(HolderLink of) throws Exception {
    List<HeldFd> taken = of.take();
    taken.forEach(each -> each.fd().close());
    return taken.stream().map(HeldFd::name).sorted().toList();
  }

  @Test
  void anotherWorkerTakesThePlaceOfThisOne() throws Exception {
    try (Pipe pipe = Pipe.open();
        Fd state = MemoryFile.createSealable("state")) {
      MemoryFile.seal(state);
      HolderLink candidate = candidate();
      assertThat(candidate.welcome().candidate()).isTrue();
      assertThat(candidate.welcome().reason()).isEqualTo(WakeReason.UPGRADE);
      thread.run(
          () -> {
            link.deposit("kept", pipe.readEnd(), WakeRule.OUTPUT);
            link.deposit("old", pipe.readEnd(), WakeRule.OUTPUT);
            link.putState(state);
            assertRefused(Errno.EBUSY, () -> link.succession().begin(holder.worker()));
          });
      CompletableFuture<Optional<String>> handedOver = handOver();
      candidate.succession().awaitTakeOver();
      candidate.deposit("new", pipe.writeEnd(), WakeRule.NEVER);
      candidate.withdraw("old");
      assertThat(names(candidate)).as("changes wait").containsExactly("kept", "old");
      candidate.state().orElseThrow().close();
      candidate.succession().goOn();
      assertThat(handedOver.get()).isEmpty();
      assertThat(names(candidate)).containsExactly("kept", "new");
      assertThat(link.isOver()).isTrue();
      thread.run(link::close);
      holder.followed();
      candidate.spawn(SpawnCommand.program("/bin/true"), 1);
    }
  }

  @Test
  void aCandidateThatRefusesEndsAndThisOneGoesOn() throws Exception {
    HolderLink candidate = candidate();
    CompletableFuture<Optional<String>> handedOver = handOver();
    candidate.succession().awaitTakeOver();
    String why = "it has what I do not know: " + "x".repeat(600);
    assertThatThrownBy(() -> candidate.succession().refuse(why))
        .isInstanceOf(KernelException.class);
    assertThat(handedOver.get()).contains(("its worker: " + why).substring(0, 512));
    assertThat(link.isOver()).isFalse();
    thread.run(() -> link.spawn(SpawnCommand.program("/bin/true"), 1));
    assertThat(heard.exit().tag()).isEqualTo(1);
    assertThat(heard.isEmpty()).as("told once").isTrue();
  }

  @Test
  void aCandidateThatDiesIsTold() throws Exception {
    candidate();
    thread.run(holder::killCandidate);
    assertThat(heard.candidateFailure()).isEqualTo("its worker was killed by signal 9");
  }

  @Test
  void aCandidateThatDiesAfterTheHandOverIsTold() throws Exception {
    HolderLink candidate = candidate();
    CompletableFuture<Optional<String>> handedOver = handOver();
    candidate.succession().awaitTakeOver();
    holder.killCandidate();
    assertThat(handedOver.get()).contains("its worker was killed by signal 9");
    assertThat(thread.call(link::list)).isEmpty();
  }

  @Test
  void whatCannotBeStartedIsRefused() throws Exception {
    thread.run(
        () -> {
          assertRefused(
              Errno.ENOENT, () -> link.succession().begin(SpawnCommand.program("/no/such")));
          assertRefused(Errno.ESRCH, link.succession()::giveUp);
          assertRefused(Errno.EAGAIN, link.succession()::handOver);
        });
  }

  @Test
  void anUpgradeCanBeGivenUp() throws Exception {
    HolderLink candidate = candidate();
    thread.run(link.succession()::giveUp);
    assertThatThrownBy(candidate.succession()::awaitTakeOver).isInstanceOf(KernelException.class);
    assertThat(heard.isEmpty()).as("who gives up knows").isTrue();
  }

  @Test
  void anotherHolderGoesOnInTheSameProcess() throws Exception {
    Path other = files.resolve("another");
    Files.copy(HolderPrograms.holder(), other);
    try (Pipe pipe = Pipe.open()) {
      thread.run(
          () -> {
            link.deposit("kept", pipe.readEnd(), WakeRule.OUTPUT);
            assertRefused(Errno.ENOENT, () -> link.succession().replaceHolder("/no/such"));
            link.succession().replaceHolder(other.toString());
          });
      assertThat(Path.of("/proc", "" + holder.pid(), "exe").toRealPath())
          .isEqualTo(other.toRealPath());
      assertThat(thread.call(() -> names(link))).containsExactly("kept");
    }
  }
}
