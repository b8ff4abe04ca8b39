package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What Kubernetes is told of the ends of containers. */
@NeedsKube
class EndKubeTest {
  private final KubeNode node;

  EndKubeTest(KubeNode node) {
    this.node = node;
  }

  @Test
  void aContainerThatEndsByItself() throws Exception {
    try (KubePod pod = KubePod.create(node, "fails", "exit 42", same -> {}, same -> {})) {
      JsonNode end = pod.awaitEnd();
      assertThat(end.get("exitCode").asInt()).isEqualTo(42);
      assertThat(end.get("reason").asText()).isEqualTo("Error");
    }
  }

  @Test
  void whatRanOutOfThePodsMemoryIsReportedSo() throws Exception {
    isReportedSo(same -> {});
  }

  @Test
  void whatRanOutOfItsOwnMemoryIsReportedSo() throws Exception {
    // Beside a container without a limit, so that the pod has none.
    isReportedSo(
        pod -> {
          ArrayNode containers = (ArrayNode) pod.at("/spec/containers");
          ObjectNode other = ((ObjectNode) containers.get(0)).deepCopy().put("name", "other");
          other.remove("resources");
          ((ArrayNode) other.get("command")).set(2, "exec sleep 1000000");
          containers.add(other);
        });
  }

  private void isReportedSo(Consumer<ObjectNode> whole) throws Exception {
    String script = "exec dd if=/dev/zero of=/dev/null bs=400M count=1";
    try (KubePod pod =
        KubePod.create(
            node,
            "greedy",
            script,
            main -> main.putObject("resources").putObject("limits").put("memory", "128Mi"),
            whole)) {
      JsonNode end = pod.awaitEnd();
      assertThat(end.get("reason").asText()).isEqualTo("OOMKilled");
      assertThat(end.get("exitCode").asInt()).isEqualTo(137);
    }
  }

  @Test
  void aPodThatIsDeletedHasItsGrace() throws Exception {
    assertThat(endOfDeletion("trap 'sleep 1; exit 5' TERM", 60)).isEqualTo(5);
  }

  @Test
  void aPodThatOutstaysItsGraceIsKilled() throws Exception {
    assertThat(endOfDeletion("trap '' TERM", 2)).isEqualTo(137);
  }

  /**
   * Deletes a pod, which stays to be read for as long as it has a finalizer.
   *
   * @return the exit code of its container
   */
  private int endOfDeletion(String trap, int graceSeconds) throws Exception {
    try (KubePod pod =
        KubePod.create(
            node,
            "deleted",
            trap + "; echo ready; while :; do sleep 0.1; done",
            same -> {},
            all -> {
              ((ObjectNode) all.get("metadata")).putArray("finalizers").add("conmonj.io/read");
              ((ObjectNode) all.get("spec")).put("terminationGracePeriodSeconds", graceSeconds);
            })) {
      pod.await("start", status -> status.at("/containerStatuses/0/state/running").isObject());
      pod.awaitLogged("ready");
      node.kubectl().run("delete", "pod", pod.name(), "--wait=false");
      int code = pod.awaitEnd().get("exitCode").asInt();
      node.kubectl()
          .run(
              "patch",
              "pod",
              pod.name(),
              "--type=merge",
              "-p",
              "{\"metadata\":{\"finalizers\":null}}");
      node.kubectl().run("wait", "--for=delete", "pod/" + pod.name(), "--timeout=60s");
      return code;
    }
  }
}
