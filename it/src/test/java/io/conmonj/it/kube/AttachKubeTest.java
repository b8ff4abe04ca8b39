package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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
  void whoWatchesSeesAllThatFollowsToTheEnd(Way way) throws Exception {
    Kubectl kubectl = node.kubectl(way);
    String script = "until [ -e /go ]; do echo wait; sleep 0.1; done; seq 1 5000; echo the-end";
    try (KubePod pod = KubePod.run(node, "watched", script);
        AttachedKubectl viewer = kubectl.onPipes("attach", pod.name())) {
      viewer.awaitShown("wait");
      kubectl.run("exec", pod.name(), "--", "touch", "/go");
      assertThat(viewer.awaitEnd()).isZero();
      assertThat(viewer.shown().lines().filter(line -> line.matches("\\d+")))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 5000).mapToObj(Integer::toString).toList());
      assertThat(viewer.shown()).contains("the-end");
    }
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
  @EnumSource
  void inputThatIsTakenMoreThanOnceOutlivesItsClients(Way way) throws Exception {
    Kubectl kubectl = node.kubectl(way);
    try (KubePod pod = KubePod.run(node, "twice", READS, main -> main.put("stdin", true))) {
      for (String word : List.of("first", "second")) {
        try (AttachedKubectl client = kubectl.onPipes("attach", "-i", pod.name())) {
          client.type(word + "\n");
          pod.awaitLogged("got " + word);
        }
      }
      assertThat(pod.status().at("/containerStatuses/0/state/running").isObject()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void typingAtTheTerminalOfAContainer(Way way) throws Exception {
    try (KubePod pod =
            KubePod.run(node, "tty", "exec sh", main -> main.put("stdin", true).put("tty", true));
        AttachedKubectl terminal = node.kubectl(way).onTerminal("attach", "-it", pod.name())) {
      terminal.type("\n");
      terminal.awaitShown("# ");
      terminal.type("until [ \"$(stty size)\" = '33 77' ]; do :; done; echo first-$((6*7))\n");
      terminal.awaitShown("first-42");
      terminal.resize(44, 111);
      terminal.type("until [ \"$(stty size)\" = '44 111' ]; do :; done; echo second-$((6*7))\n");
      terminal.awaitShown("second-42");
      terminal.type("echo begins-$((6*7)); sleep 100000\n");
      terminal.awaitShown("begins-42");
      terminal.type("\u0003");
      terminal.type("echo code-$?\n");
      terminal.awaitShown("code-130");
      terminal.type("exit 6\n");
      terminal.awaitEnd();
      assertThat(pod.awaitEnd().get("exitCode").asInt()).isEqualTo(6);
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
