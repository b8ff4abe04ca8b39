package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CRI-O is killed while sessions are open, and comes back. */
@NeedsKube
class CrashKubeTest {
  private final KubeNode node;

  CrashKubeTest(KubeNode node) {
    this.node = node;
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void shellsAndViewersOutliveTheDeathAndTheReturnOfCrio(Way way) throws Exception {
    Kubectl kubectl = node.kubectl(way);
    String script = "i=0; until [ -e /go ]; do echo line $i; i=$((i+1)); sleep 0.1; done; exit 9";
    try (KubePod pod = KubePod.run(node, "crash", script);
        AttachedKubectl shell = kubectl.onPipes("exec", "-i", pod.name(), "--", "sh");
        AttachedKubectl terminal = kubectl.onTerminal("exec", "-it", pod.name(), "--", "sh");
        AttachedKubectl viewer = kubectl.onPipes("attach", pod.name())) {
      answers(shell, "before");
      terminal.awaitShown("# ");
      answers(terminal, "before");
      viewer.awaitShown(Pattern.compile("line \\d+\n"));
      node.killCrio();
      answers(shell, "without");
      answers(terminal, "without");
      String seen = viewer.shown();
      viewer.awaitShown("line " + (lastLine(seen) + 10) + "\n");
      node.startCrio();
      answers(shell, "after");
      answers(terminal, "after");
      assertThat(kubectl.run("exec", pod.name(), "--", "echo", "new")).isEqualTo("new");
      terminal.type("exit 4\n");
      assertThat(terminal.awaitEnd()).isEqualTo(4);
      // The end of the container kills what still runs in it, so each of these has ended before.
      shell.type("exit 3\n");
      assertThat(shell.awaitEnd()).as(shell::shown).isEqualTo(3);
      String later = "(sleep 1; touch /go) </dev/null >/dev/null 2>&1 &";
      kubectl.run("exec", pod.name(), "--", "sh", "-c", later);
      assertThat(viewer.awaitEnd()).isZero();
      assertThat(pod.awaitEnd().get("exitCode").asInt()).isEqualTo(9);
    }
  }

  private static int lastLine(String shown) {
    int end = shown.lastIndexOf('\n');
    return Integer.parseInt(shown.substring(shown.lastIndexOf("line ", end) + 5, end));
  }

  private static void answers(AttachedKubectl session, String word) throws Exception {
    session.type("echo " + word + "-$((6*7))\n");
    session.awaitShown(word + "-42");
  }
}
