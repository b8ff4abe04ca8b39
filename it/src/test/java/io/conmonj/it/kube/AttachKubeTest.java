package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl attach}. */
@NeedsKube
class AttachKubeTest {
  private static final String READS = "while read line; do echo got $line; done; echo over";

  private final KubeNode node;

  AttachKubeTest(KubeNode node) {
    this.node = node;
  }

  @ParameterizedTest
  @EnumSource
  void inputThatIsTakenOnceEndsWithItsClient(Way way) throws Exception {
    try (KubePod pod =
        KubePod.run(node, "once", READS, main -> main.put("stdin", true).put("stdinOnce", true))) {
      Kubectl.Result typed =
          node.kubectl(way).shell("printf 'one\\ntwo\\n' | $kubectl attach -i \"$1\"", pod.name());
      assertThat(typed.code()).as(typed.error()).isZero();
      assertThat(pod.awaitEnd().get("exitCode").asInt()).isZero();
      assertThat(pod.logged().lines()).containsExactly("got one", "got two", "over");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void whoWatchesATerminalWithoutAskingForOneSeesItToo(Way way) throws Exception {
    String script = "until [ -e /go ]; do echo wait; sleep 0.1; done; echo the-end";
    Kubectl kubectl = node.kubectl(way);
    try (KubePod pod =
            KubePod.run(node, "shown", script, main -> main.put("stdin", true).put("tty", true));
        AttachedKubectl viewer = kubectl.onPipes("attach", pod.name())) {
      viewer.awaitShown("wait");
      kubectl.run("exec", pod.name(), "--", "touch", "/go");
      viewer.awaitShown("the-end");
      viewer.awaitEnd();
    }
  }
}
