package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Probes that are commands, which the kubelet has the runtime run, and CRI-O the monitor. */
@NeedsKube
class ProbeKubeTest {
  private static final String SLEEPS = "exec sleep 1000000";

  private final KubeNode node;

  ProbeKubeTest(KubeNode node) {
    this.node = node;
  }

  @Test
  void aPodIsReadyFromWhenItsProbeSaysSoAndNoLongerThan() throws Exception {
    try (KubePod pod =
        KubePod.run(node, "ready", SLEEPS, probe("readinessProbe", "test -e /yes"))) {
      pod.await("not being ready", status -> !status.at("/containerStatuses/0/ready").asBoolean());
      node.kubectl().run("exec", pod.name(), "--", "touch", "/yes");
      pod.await("being ready", status -> status.at("/containerStatuses/0/ready").asBoolean());
      node.kubectl().run("exec", pod.name(), "--", "rm", "/yes");
      pod.await("its end", status -> !status.at("/containerStatuses/0/ready").asBoolean());
    }
  }

  @Test
  void aContainerWhoseLivenessProbeFailsIsStartedAgain() throws Exception {
    isStartedAgain("[ ! -e /tmp/sick ]", "Liveness probe failed");
  }

  @Test
  void aContainerWhoseLivenessProbeDoesNotEndIsStartedAgain() throws Exception {
    isStartedAgain("[ ! -e /tmp/sick ] || sleep 100000", "timed out");
  }

  private void isStartedAgain(String probe, String event) throws Exception {
    try (KubePod pod =
        KubePod.create(
            node,
            "alive",
            SLEEPS,
            probe("livenessProbe", probe),
            all -> ((ObjectNode) all.get("spec")).put("restartPolicy", "Always"))) {
      pod.await("start", status -> status.at("/containerStatuses/0/state/running").isObject());
      node.kubectl().run("exec", pod.name(), "--", "touch", "/tmp/sick");
      pod.await("restart", status -> status.at("/containerStatuses/0/restartCount").asInt() == 1);
      JsonNode ended = pod.status().at("/containerStatuses/0/lastState/terminated");
      assertThat(ended.get("exitCode").asInt()).isEqualTo(137);
      assertThat(node.kubectl().run("events", "--for=pod/" + pod.name())).contains(event);
    }
  }

  private static Consumer<ObjectNode> probe(String kind, String script) {
    return container -> {
      ObjectNode probe = container.putObject(kind);
      probe.putObject("exec").putArray("command").add("sh").add("-c").add(script);
      probe.put("periodSeconds", 1).put("timeoutSeconds", 2).put("failureThreshold", 1);
    };
  }
}
