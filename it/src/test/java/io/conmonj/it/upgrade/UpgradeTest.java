package io.conmonj.it.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.MonitorException;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.FreePort;
import io.conmonj.it.pod.HostCommand;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on when another worker takes the place of a monitor's. */
@NeedsContainers
class UpgradeTest {
  @TempDir Path work;

  private DistributionCopy copy(String name) throws Exception {
    return DistributionCopy.make(work.resolve(name));
  }

  private static String commandLine(BusyboxPod pod) throws IOException {
    return Files.readString(Path.of("/proc", "" + pod.process().worker().pid(), "cmdline"));
  }

  @Test
  void theMonitorIsTheSameAndItsWorkerTheOtherBuilds() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      long monitor = pod.monitor().processId();
      long worker = pod.process().worker().pid();
      assertThat(container.execSync("sh", "-c", "exit 3").exitCode()).isEqualTo(3);
      for (String name : List.of("one", "two")) {
        Path to = copy(name).directory();
        UpgradeResult result = pod.upgrade(to);
        assertThat(Path.of(result.distribution())).isEqualTo(to.toRealPath());
        assertThat(result.endedSessions()).isZero();
        assertThat(pod.monitor().processId()).isEqualTo(monitor);
        assertThat(pod.process().worker().pid()).isNotEqualTo(worker);
        assertThat(commandLine(pod)).contains(to.resolve("lib/monitor.jar").toString());
        assertThat(container.execSync("sh", "-c", "exit 4").exitCode()).isEqualTo(4);
      }
      assertThatThrownBy(() -> pod.upgrade(work.resolve("none")))
          .isInstanceOf(MonitorException.class);
      String metrics = Replies.await(MetricsSocket.read(pod.loop(), pod.monitor().runtimeDir()));
      assertThat(metrics)
          .contains("conmonj_upgrades_total 2\n", "conmonj_upgrade_failures_total 1\n")
          .contains("conmonj_worker_crashes_total 0\n");
    }
  }

  @Test
  void aWorkerThatDiesAfterwardsIsFollowedByOneOfTheSameBuild() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      Path to = copy("other").directory();
      pod.upgrade(to);
      pod.killWorker();
      pod.awaitWorker();
      assertThat(commandLine(pod)).contains(to.resolve("lib/monitor.jar").toString());
    }
  }

  @Test
  void ofWhatAContainerWritesMeanwhileNothingIsLostOrDoubled() throws Exception {
    int lines = 2_000_000;
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      Path to = copy("other").directory();
      PodContainer container = pod.container("seq", "1", "" + lines).create();
      PodContainer partial =
          pod.container("sh", "-c", "for i in $(seq 1 400); do printf $i; sleep 0.01; echo .; done")
              .run();
      container.start();
      for (int i = 0; i < 5; i++) {
        pod.upgrade(i % 2 == 0 ? to : Distribution.directory());
      }
      Await.until("their ends", () -> container.hasExited() && partial.hasExited());
      assertThat(container.exitCode()).isEqualTo("0");
      assertThat(CriLogFiles.lines("stdout", List.of(container.log())))
          .isEqualTo(IntStream.rangeClosed(1, lines).mapToObj(Integer::toString).toList());
      assertThat(CriLogFiles.lines("stdout", List.of(partial.log())))
          .isEqualTo(IntStream.rangeClosed(1, 400).mapToObj(i -> i + ".").toList());
    }
  }

  @Test
  void exitsDuringUpgradesAreRecorded() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      Path to = copy("other").directory();
      List<PodContainer> containers = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        containers.add(pod.container("sh", "-c", "sleep 0." + i + "; exit " + i).create());
      }
      containers.forEach(PodContainer::start);
      for (int i = 0; i < 3; i++) {
        pod.upgrade(to);
      }
      for (int i = 1; i <= 8; i++) {
        PodContainer each = containers.get(i - 1);
        Await.until("exit " + i, each::hasExited);
        assertThat(each.exitCode()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void ofTwoUpgradesAtOnceOneIsRefused() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      Path to = copy("other").directory();
      CompletableFuture<UpgradeResult> first = pod.monitor().upgrade(Optional.of(to));
      assertThatThrownBy(() -> Replies.await(pod.monitor().upgrade(Optional.of(to))))
          .isInstanceOf(MonitorException.class)
          .hasMessageContaining("an upgrade is under way already");
      Replies.await(first);
      pod.reconnect();
    }
  }

  @Test
  void aMonitorThatSleepsIsWokenForIt() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      pod.sleep();
      pod.reconnect();
      pod.upgrade(copy("other").directory());
      pod.sleep();
      pod.reconnect();
      assertThat(container.execSync("true").exitCode()).isZero();
    }
  }

  private static Path holder(BusyboxPod pod) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", "" + pod.monitor().processId(), "exe"));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Test
  void theHolderFollows() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      DistributionCopy to = copy("other").withOwn("lib/holder");
      assertThat(pod.upgrade(to.directory()).holderStays()).isEmpty();
      Path expected = to.file("lib/holder/conmonj").toRealPath();
      Await.until("the other holder", () -> holder(pod).equals(expected));
      assertThat(container.execSync("sh", "-c", "exit 8").exitCode()).isEqualTo(8);
      pod.sleep();
      pod.reconnect();
      assertThat(container.execSync("sh", "-c", "exit 9").exitCode()).isEqualTo(9);
    }
  }

  @Test
  void aHolderThatCannotReadWhatItWouldBeHandedDoesNotFollow() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      Path before = holder(pod);
      Path asked = work.resolve("asked");
      DistributionCopy to =
          copy("other")
              .withOwn("lib/holder")
              .withProgram("lib/holder/conmonj", "#!/bin/sh\necho $1 >" + asked + "\nexit 1\n");
      assertThat(pod.upgrade(to.directory()).holderStays())
          .contains("it cannot read what this one would hand it");
      // The shell makes the file before its echo writes.
      Await.until("the question", () -> holds(asked, "accepts\n"));
      assertThat(container.execSync("sh", "-c", "exit 8").exitCode()).isEqualTo(8);
      assertThat(holder(pod)).isEqualTo(before);
    }
  }

  private static boolean holds(Path file, String content) {
    try {
      return Files.readString(file).equals(content);
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void theSignalUpgradesToWhereTheLaunchersPathLeadsNow() throws Exception {
    Path current = work.resolve("current");
    Files.createSymbolicLink(current, copy("one").directory());
    try (BusyboxPod pod = BusyboxPod.startBy(current.resolve("bin/conmonj"), work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      for (String name : List.of("two", "three")) {
        Files.delete(current);
        Path to = Files.createSymbolicLink(current, copy(name).directory()).toRealPath();
        HostCommand.run("kill", "-USR2", Long.toString(pod.monitor().processId()));
        Await.until("the other worker", () -> isOf(pod, to));
        pod.reconnect();
        assertThat(container.execSync("true").exitCode()).isZero();
      }
    }
  }

  /** Whether its only worker is of that distribution. */
  private static boolean isOf(BusyboxPod pod, Path distribution) {
    try {
      return commandLine(pod).contains(distribution.resolve("lib/monitor.jar").toString());
    } catch (IOException | AssertionError between) {
      return false;
    }
  }

  @Test
  void thePortOfTheMetricsStays() throws Exception {
    int port = FreePort.find();
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (BusyboxPod pod =
            BusyboxPod.startQuietly(work.resolve("pod"), "--metrics-address", "127.0.0.1:" + port);
        HttpClient client = HttpClient.newHttpClient()) {
      Path to = copy("other").directory();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());
        assertThat(answer.body()).contains("conmonj_build_info");
        pod.upgrade(to);
      }
    }
  }

  @Test
  void aCallThatIsUnderWayGetsItsAnswerFirst() throws Exception {
    try (BusyboxPod pod = BusyboxPod.startQuietly(work.resolve("pod"))) {
      PodContainer container = pod.container("sleep", "1000000").run();
      CompletableFuture<UpgradeResult> upgraded =
          pod.monitor().upgrade(Optional.of(copy("other").directory()));
      assertThat(container.execSync("sh", "-c", "sleep 3; exit 5").exitCode()).isEqualTo(5);
      Replies.await(upgraded);
      pod.reconnect();
    }
  }
}
