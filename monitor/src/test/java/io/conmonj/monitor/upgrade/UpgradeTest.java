package io.conmonj.monitor.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderEvents;
import io.conmonj.monitor.holder.HolderFixture;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of an upgrade, with a real holder; the other worker is this test. */
class UpgradeTest {
  @TempDir Path work;

  private final FakePod pod = new FakePod();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private LoopThread thread;
  private HolderFixture holder;
  private Upgrade upgrade;
  private Path tree;

  @BeforeEach
  void start() throws Exception {
    tree = work.toRealPath().resolve("other");
    thread = LoopThread.start();
    holder = HolderFixture.start();
    HolderLink link = holder.link();
    String relay = holder.workerCommand();
    for (String each : List.of("bin/conmonj", "lib/runtime/bin/java", "lib/holder/conmonj")) {
      write(each, "#!/bin/sh\nexec " + relay + "\n");
      Files.setPosixFilePermissions(
          tree.resolve(each), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (String each :
        List.of(
            "lib/monitor.jar", "lib/monitor.options", "lib/native/x", "lib/runtime/lib/modules")) {
      write(each, "");
    }
    thread.run(
        () -> {
          upgrade = new Upgrade(thread.loop(), link.succession(), pod, () -> over.complete(null));
          link.watch(thread.loop(), new Events());
          link.ready(0);
        });
  }

  private void write(String name, String text) throws Exception {
    Files.createDirectories(tree.resolve(name).getParent());
    Files.writeString(tree.resolve(name), text);
  }

  @AfterEach
  void stop() throws Exception {
    thread.close();
    holder.close();
  }

  private final class Events implements HolderEvents {
    @Override
    public void exited(HeldProcess process) {
      throw new AssertionError("nothing was started");
    }

    @Override
    public void signalled(int signal) {
      throw new AssertionError("signal " + signal);
    }

    @Override
    public void candidateReady() {
      upgrade.candidateReady();
    }

    @Override
    public void candidateFailed(String why) {
      upgrade.candidateFailed(why);
    }

    @Override
    public void gone() {
      // when the test is over
    }
  }

  private CompletableFuture<Upgraded> begin() throws Exception {
    return thread.call(() -> upgrade.begin(Optional.of(tree)));
  }

  private static void assertFails(CompletableFuture<Upgraded> upgrade, String why) {
    assertThatThrownBy(upgrade::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UpgradeException.class)
        .hasMessageContaining(why);
  }

  @Test
  void nobodyComesInAndNothingIsReadWhileItIsHandedOver() throws Exception {
    CompletableFuture<Upgraded> result = begin();
    candidateGoesOn();
    assertThat(result.get().directory()).isEqualTo(tree.toString());
    over.get();
    assertThat(pod.told).containsExactly("shut", "hold", "hand over");
    assertThat(pod.looksWhileHeld).as("looks at clients but for the hand-over").isZero();
    holder.followed();
  }

  @Test
  void aClientThatCannotBeGoneOnWithSinceItIsHeldIsWaitedForOnceMore() throws Exception {
    pod.settled = new CompletableFuture<>();
    CompletableFuture<Upgraded> result = begin();
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    awaitTold("hold");
    pod.clients.add("one with TLS");
    thread.run(() -> pod.settled.complete(null));
    awaitTold("release");
    assertThat(result).isNotDone();
    pod.clients.clear();
    candidate.succession().awaitTakeOver();
    candidate.succession().goOn();
    assertThat(result.get().endedSessions()).isZero();
    holder.followed();
  }

  private void awaitTold(String what) throws Exception {
    while (!thread.call(() -> pod.told.contains(what))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsUnderWayIsWaitedFor() throws Exception {
    pod.busy = "a container is being made";
    CompletableFuture<Upgraded> result = begin();
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    awaitTold("open");
    assertThat(result).as("it waits, and lets callers in now and then").isNotDone();
    pod.busy = null;
    candidate.succession().awaitTakeOver();
    candidate.succession().goOn();
    result.get();
    assertThat(pod.told).endsWith("hold", "hand over");
    holder.followed();
  }

  /** Another worker, which finds nothing missing and takes the place of this one. */
  private void candidateGoesOn() throws Exception {
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    candidate.succession().awaitTakeOver();
    candidate.succession().goOn();
  }

  private void waitForClientsNoLongerThan(Duration patience) throws Exception {
    thread.run(
        () ->
            upgrade =
                new Upgrade(
                    thread.loop(),
                    holder.link().succession(),
                    pod,
                    () -> over.complete(null),
                    patience));
  }

  @Test
  void clientsThatCannotBeGoneOnWithAreEndedInTheEndAndCounted() throws Exception {
    waitForClientsNoLongerThan(Duration.ofMillis(50));
    pod.clients.addAll(List.of("one with TLS", "another with TLS"));
    CompletableFuture<Upgraded> result = begin();
    candidateGoesOn();
    assertThat(result.get().endedSessions()).isEqualTo(2);
    assertThat(pod.told).contains("end 2 clients: the monitor of this pod is upgraded");
    holder.followed();
  }

  @Test
  void clientsThatCanBeGoneOnWithInAMomentAreEndedAfterTheOthers() throws Exception {
    waitForClientsNoLongerThan(Duration.ofMillis(50));
    pod.clients.addAll(List.of("one that begins for a moment", "one with TLS"));
    CompletableFuture<Upgraded> result = begin();
    candidateGoesOn();
    assertThat(result.get().endedSessions()).isEqualTo(2);
    assertThat(pod.told.stream().filter(each -> each.startsWith("end ")))
        .containsExactly(
            "end 1 clients: the monitor of this pod is upgraded",
            "end 1 clients: the monitor of this pod is upgraded");
    holder.followed();
  }

  @Test
  void whetherTheHolderFollowsIsWaitedForAndTold() throws Exception {
    pod.holderStays = new CompletableFuture<>();
    CompletableFuture<Upgraded> result = begin();
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    awaitTold("open");
    assertThat(result).isNotDone();
    assertThat(pod.holder).isEqualTo(tree.resolve("lib/holder/conmonj"));
    pod.holderStays.complete(Optional.of("it is too old"));
    candidate.succession().awaitTakeOver();
    candidate.succession().goOn();
    assertThat(result.get().holderStays()).contains("it is too old");
    holder.followed();
  }

  @Test
  void oneThatRefusesIsNoLoss() throws Exception {
    CompletableFuture<Upgraded> result = begin();
    HolderLink candidate = holder.candidate();
    candidate.ready(0);
    candidate.succession().awaitTakeOver();
    assertThatThrownBy(() -> candidate.succession().refuse("I do not know it"))
        .isInstanceOf(KernelException.class);
    assertFails(result, "its worker: I do not know it");
    thread.run(
        () ->
            assertThat(pod.told)
                .containsExactly(
                    "shut", "hold", "hand over", "go on", "release", "open", "failed"));
    assertThat(over).isNotDone();
  }

  @Test
  void thereIsOneAtATimeAndAnotherAfterIt() throws Exception {
    CompletableFuture<Upgraded> first = begin();
    assertFails(begin(), "an upgrade is under way already");
    holder.candidate();
    holder.killCandidate();
    assertFails(first, "its worker was killed by signal 9");
    CompletableFuture<Upgraded> next = begin();
    holder.candidate();
    thread.run(upgrade::stop);
    assertFails(next, "the monitor is ending");
    assertFails(begin(), "the monitor is ending");
  }
}
