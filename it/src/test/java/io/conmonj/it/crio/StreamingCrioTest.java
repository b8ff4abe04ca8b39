package io.conmonj.it.crio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conmonj.it.crio.CrioPod.Container;
import io.conmonj.it.pod.Await;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.sleep.ForcedSleeps;
import io.conmonj.it.sleep.SleepSwitch;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code stream_websockets = true}: exec and attach go to the monitor's streaming server. */
class StreamingCrioTest extends CrioContract {
  /** The client library of Kubernetes pings every five seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  @Override
  boolean webSockets() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(strings = {"spdy", "websocket"})
  void aShellOutlivesTheDeathAndTheReturnOfCrio(String transport) throws Exception {
    theShellOutlives("crash-" + transport, transport, node()::killCrio);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spdy", "websocket"})
  void aShellOutlivesAnOrderlyRestartOfCrio(String transport) throws Exception {
    theShellOutlives("stopped-" + transport, transport, node()::stopCrio);
  }

  private void theShellOutlives(String name, String transport, Runnable end) throws Exception {
    CrioPod pod = CrioPod.run(node(), name);
    Container container = pod.start("waits", "until [ -e /go ]; do sleep 0.1; done; exit 9");
    try (AttachedCrictl shell =
        AttachedCrictl.onPipes(
            node().crictl(), "exec", "-i", "-r", transport, container.id(), "sh")) {
      shell.type("echo before-$((6*7))\n");
      shell.awaitShown("before-42");
      end.run();
      shell.type("echo without-$((6*7))\n");
      shell.awaitShown("without-42");
      node().startCrio();
      shell.type("echo after-$((6*7))\n");
      shell.awaitShown("after-42");
      assertThat(node().crictl().run("exec", "-s", container.id(), "echo", "sync"))
          .isEqualTo("sync");
      // The end of the container kills what still runs in it, so each of these has ended before.
      shell.type("exit 0\n");
      assertThat(shell.awaitEnd()).as(shell::shown).isZero();
      container.touch("/go");
    }
    assertThat(container.awaitExit().get("exitCode").asInt()).isEqualTo(9);
    pod.remove();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spdy", "websocket"})
  void typingAtATerminalThatWasAttachedTo(String transport) throws Exception {
    CrioPod pod = CrioPod.run(node(), "tty-" + transport);
    Container container =
        pod.start("shell", "exec sh", wishes -> wishes.put("stdin", true).put("tty", true));
    try (AttachedCrictl terminal =
        AttachedCrictl.onTerminal(
            node().crictl(), "attach", "-it", "-r", transport, container.id())) {
      terminal.type("\n");
      terminal.awaitShown("# ");
      terminal.type("until [ \"$(stty size)\" = '33 77' ]; do :; done; echo size-$((6*7))\n");
      terminal.awaitShown("size-42");
      terminal.type("exit 6\n");
      terminal.awaitEnd();
    }
    assertThat(container.awaitExit().get("exitCode").asInt()).isEqualTo(6);
    pod.remove();
  }

  /** While crictl has two pings at least. */
  @Test
  void aShellIsOpenWhileItsMonitorSleeps() throws Exception {
    CrioPod pod = CrioPod.run(node(), "silent");
    MonitorFacts monitor = new MonitorFacts(pod.monitor());
    Container container = pod.start("sleeps", "exec sleep 100000");
    try (AttachedCrictl shell =
        AttachedCrictl.onPipes(node().crictl(), "exec", "-i", "-r", "spdy", container.id(), "sh")) {
      shell.type("echo before-$((6*7))\n");
      shell.awaitShown("before-42");
      awaitSleep(monitor);
      long end = System.nanoTime() + SILENCE.toNanos();
      while (System.nanoTime() < end) {
        assertThat(monitor.findWorker()).isEmpty();
        Thread.sleep(50);
      }
      shell.type("echo after-$((6*7))\nexit 5\n");
      shell.awaitShown("after-42");
      shell.awaitEnd();
    }
    pod.remove();
  }

  private static void awaitSleep(MonitorFacts monitor) {
    if (SleepSwitch.isForced()) {
      Await.until("it sleeps", () -> monitor.findWorker().isEmpty());
      return;
    }
    try (ForcedSleeps sleeps = new ForcedSleeps()) {
      Await.until("it sleeps: " + sleeps.refusals(), () -> monitor.findWorker().isEmpty());
    }
    // It was asked at once when it was back, if it was: by now that is over.
    Await.until("it sleeps again", () -> monitor.findWorker().isEmpty());
  }

  @Test
  void twentyPodsAtOnceAllEndWithTheirCodesAndWholeLogs() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ends = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String name = "many-" + i;
        ends.add(threads.submit(() -> lifeOf(name)));
      }
      for (Future<String> end : ends) {
        assertThat(end.get()).isEqualTo("11: last");
      }
    }
  }

  private String lifeOf(String name) throws Exception {
    CrioPod pod = CrioPod.run(node(), name);
    Container container = pod.start("ends", "seq 1 100; echo last; exit 11");
    String code = container.awaitExit().get("exitCode").asText();
    List<String> lines = container.logged().lines().toList();
    pod.remove();
    return code + ": " + lines.getLast().split(" ", 4)[3];
  }

  /** As "conmonrs is used" of CRI-O's test/conmonrs.bats. */
  @Test
  void crioSaysThatItUsesTheMonitor() throws Exception {
    CrioPod pod = CrioPod.run(node(), "used");
    assertThat(Files.readString(node().log())).contains("Using conmonrs version:");
    pod.remove();
  }

  /** As "conmonrs streaming server for exec" of CRI-O's test/conmonrs.bats. */
  @Test
  void execGoesToTheMonitorsStreamingServer() throws Exception {
    CrioPod pod = CrioPod.run(node(), "exec-url");
    String id = pod.start("sleeps", "exec sleep 100000").id();
    assertThat(node().crictl().run("exec", "-r", "websocket", id, "echo", "test"))
        .isEqualTo("test");
    assertThat(Files.readString(node().log())).contains("Using exec URL from container monitor");
    pod.remove();
  }

  /** As "conmonrs streaming server for attach" of CRI-O's test/conmonrs.bats. */
  @Test
  void whoAttachesLaterWithInputThatHasEndedSeesWhatCameBefore() throws Exception {
    CrioPod pod = CrioPod.run(node(), "attach-url");
    Container container = pod.start("sleeps", "echo It is starting; exec sleep 100000");
    container.awaitLogged("starting");
    assertThat(node().crictl().run("attach", "-r", "websocket", "-i", container.id()))
        .contains("It is starting");
    assertThat(Files.readString(node().log())).contains("Using attach URL from container monitor");
    pod.remove();
  }

  @Test
  void whenTheMonitorIsKilledCrioGoesOnProbesAndExecComeBackAtItsRestartAndItsEndIsSeen()
      throws Exception {
    CrioPod pod = CrioPod.run(node(), "killed");
    MonitorFacts monitor = new MonitorFacts(pod.monitor());
    Container container = pod.start("sleeps", "exec sleep 100000");
    ProcessHandle.of(monitor.pid()).orElseThrow().destroyForcibly();
    Await.until("the end of the monitor", () -> !monitor.isAlive());
    assertThat(node().crictl().tries("exec", "-s", container.id(), "true").succeeded()).isFalse();
    node().stopCrio();
    node().startCrio();
    assertThat(node().crictl().run("exec", "-s", container.id(), "echo", "sync")).isEqualTo("sync");
    for (String transport : List.of("websocket", "spdy")) {
      assertThat(node().crictl().run("exec", "-r", transport, container.id(), "echo", "streamed"))
          .isEqualTo("streamed");
    }
    ProcessHandle.of(container.pid()).orElseThrow().destroyForcibly();
    JsonNode exit = container.awaitExit();
    assertThat(exit.get("exitCode").asInt()).as("not known, unless the kernel tells").isIn(-1, 137);
    assertThat(exit.get("reason").asText()).isEqualTo("Error");
    pod.remove();
    assertThat(node().crictl().run("pods", "-q")).doesNotContain(pod.id());
  }
}
