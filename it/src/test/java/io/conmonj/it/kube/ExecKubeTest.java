package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl exec}. */
@NeedsKube
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecKubeTest {
  private final KubeNode node;
  private KubePod pod;

  ExecKubeTest(KubeNode node) {
    this.node = node;
  }

  @BeforeAll
  void runPod() throws Exception {
    pod = KubePod.run(node, "exec", "exec sleep 1000000");
  }

  @AfterAll
  void deletePod() throws Exception {
    pod.close();
  }

  @ParameterizedTest
  @EnumSource
  void theExitCodeIsTheCommandsAndStdoutAndStderrAreApart(Way way) throws Exception {
    Kubectl kubectl = node.kubectl(way);
    Kubectl.Result well =
        kubectl.tries("exec", pod.name(), "--", "sh", "-c", "echo out; echo err >&2");
    assertThat(well).isEqualTo(new Kubectl.Result(0, "out\n", "err\n"));
    Kubectl.Result badly = kubectl.tries("exec", pod.name(), "--", "sh", "-c", "exit 42");
    assertThat(badly.code()).isEqualTo(42);
    assertThat(badly.error()).contains("exit code 42");
    Kubectl.Result killed = kubectl.tries("exec", pod.name(), "--", "sh", "-c", "kill -9 $$");
    assertThat(killed.code()).isEqualTo(137);
    assertThat(kubectl.tries("exec", pod.name(), "--", "/no/such/command").code()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void stdinGoesThroughWholeAndEnds(Way way) throws Exception {
    Kubectl.Result through =
        node.kubectl(way)
            .shell(
                """
                data() { yes 0123456789abcdef | head -c 67108864; }
                sum=$(data | $kubectl exec -i "$1" -- cat | sha256sum)
                [ "$sum" = "$(data | sha256sum)" ] && data | $kubectl exec -i "$1" -- wc -c\
                """,
                pod.name());
    assertThat(through.error()).isEmpty();
    assertThat(through.out()).isEqualTo("67108864\n");
  }

  @ParameterizedTest
  @EnumSource
  void aTerminalHasItsSizeAndTheNextOne(Way way) throws Exception {
    try (AttachedKubectl shell =
        node.kubectl(way).onTerminal("exec", "-it", pod.name(), "--", "sh")) {
      shell.awaitShown("# ");
      shell.type("until [ \"$(stty size)\" = '33 77' ]; do :; done; echo first-$((6*7))\n");
      shell.awaitShown("first-42");
      shell.resize(44, 111);
      shell.type("until [ \"$(stty size)\" = '44 111' ]; do :; done; echo second-$((6*7))\n");
      shell.awaitShown("second-42");
      shell.type("exit 3\n");
      assertThat(shell.awaitEnd()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ctrlCEndsWhatRunsInTheTerminalAndNotTheSession(Way way) throws Exception {
    try (AttachedKubectl shell =
        node.kubectl(way).onTerminal("exec", "-it", pod.name(), "--", "sh")) {
      shell.awaitShown("# ");
      shell.type("echo begins-$((6*7)); sleep 100000\n");
      shell.awaitShown("begins-42");
      shell.type("\u0003");
      shell.type("echo code-$?\n");
      shell.awaitShown("code-130");
      shell.type("exit 0\n");
      assertThat(shell.awaitEnd()).isZero();
    }
  }
}
