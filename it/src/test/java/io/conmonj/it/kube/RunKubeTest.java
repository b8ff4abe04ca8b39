package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.crio.CrioConfig;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl run} with an input, and {@code kubectl debug}. */
@NeedsKube
class RunKubeTest {
  private final KubeNode node;

  RunKubeTest(KubeNode node) {
    this.node = node;
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void aPodThatIsRunForAFileTakesItWholeAndAnswers(Way way) throws Exception {
    ObjectNode overrides = new ObjectMapper().createObjectNode().put("apiVersion", "v1");
    KubePod.bind(overrides.putObject("spec"));
    Kubectl.Result result =
        node.kubectl(way)
            .shell(
                """
                seq 1 200000 >"$1"
                $kubectl run "$2" -i --rm --quiet --restart=Never --image="$3" --image-pull-policy=Never \\
                  --overrides="$4" --command -- sh -c 'sleep 2; md5sum; exit 0' <"$1"
                code=$?
                md5sum <"$1" >&2
                exit $code\
                """,
                node.directory().resolve("numbers").toString(),
                "run-" + way.name().toLowerCase(Locale.ROOT),
                CrioConfig.IMAGE.name(),
                overrides.toString());
    assertThat(result.code()).as(result.toString()).isZero();
    assertThat(result.out()).contains(result.error().strip());
    assertThat(node.kubectl().run("get", "pods", "-o", "name")).doesNotContain("pod/run-");
  }

  @ParameterizedTest
  @EnumSource
  void aContainerForDebuggingSeesTheProcessesOfItsTarget(Way way) throws Exception {
    try (KubePod pod = KubePod.run(node, "target", "exec sleep 123456")) {
      Kubectl.Result seen =
          node.kubectl(way)
              .shell(
                  """
                  $kubectl debug "$1" --image="$2" --image-pull-policy=Never --target=main --profile=general \\
                    --container=look -- sh -c 'ps; exit 7' >&2
                  until $kubectl get pod "$1" -o 'jsonpath={.status.ephemeralContainerStatuses[0].state}' | grep -q terminated
                  do sleep 0.2; done
                  $kubectl logs "$1" -c look
                  $kubectl get pod "$1" -o 'jsonpath={.status.ephemeralContainerStatuses[0].state.terminated.exitCode}'\
                  """,
                  pod.name(),
                  CrioConfig.IMAGE.name());
      assertThat(seen.code()).as(seen.error()).isZero();
      assertThat(seen.out()).contains("sleep 123456").endsWith("\n7");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SPDY", "WEBSOCKET"})
  void typingInAContainerForDebugging(Way way) throws Exception {
    try (KubePod pod = KubePod.run(node, "debugged", "exec sleep 123456");
        AttachedKubectl shell =
            node.kubectl(way)
                .onTerminal(
                    "debug",
                    "-it",
                    pod.name(),
                    "--image=" + CrioConfig.IMAGE.name(),
                    "--image-pull-policy=Never",
                    "--target=main",
                    "--profile=general",
                    "--quiet",
                    "--",
                    "sh")) {
      shell.type("\n");
      shell.awaitShown("# ");
      shell.type("ps | grep -c '[s]leep 123456' | sed s/^/seen-/\n");
      shell.awaitShown("seen-1");
      shell.type("exit\n");
      shell.awaitEnd();
    }
  }
}
