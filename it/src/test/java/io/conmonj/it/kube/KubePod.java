package io.conmonj.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.crio.CrioConfig;
import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A pod with one container, bound to the node by its specification. Closing it deletes it. */
final class KubePod implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTAINER = "main";
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Kubectl kubectl;
  private final String name;

  private KubePod(Kubectl kubectl, String name) {
    this.kubectl = kubectl;
    this.name = name;
  }

  /** Runs a script of the shell in one, and waits until it has begun. */
  static KubePod run(KubeNode node, String name, String script) throws IOException {
    return run(node, name, script, same -> {});
  }

  /**
   * The same, with more in its specification.
   *
   * @param wishes changes the JSON of the container
   */
  static KubePod run(KubeNode node, String name, String script, Consumer<ObjectNode> wishes)
      throws IOException {
    KubePod pod = create(node, name, script, wishes, all -> {});
    pod.await(
        "start",
        status ->
            !status.at("/containerStatuses/0/state/waiting").isObject()
                && status.at("/containerStatuses/0/state").isObject());
    return pod;
  }

  /**
   * Creates one, and waits for nothing.
   *
   * @param container changes the JSON of the container
   * @param whole changes that of the pod
   */
  static KubePod create(
      KubeNode node,
      String name,
      String script,
      Consumer<ObjectNode> container,
      Consumer<ObjectNode> whole)
      throws IOException {
    String unique = name + "-" + NUMBER.incrementAndGet();
    ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", unique);
    ObjectNode spec = pod.putObject("spec");
    bind(spec);
    ObjectNode main = spec.putArray("containers").addObject().put("name", CONTAINER);
    main.put("image", CrioConfig.IMAGE.name()).put("imagePullPolicy", "Never");
    main.putArray("command").add("sh").add("-c").add(script);
    container.accept(main);
    whole.accept(pod);
    node.kubectl().run("apply", "-f", node.file(unique + ".json", pod.toString()).toString());
    return new KubePod(node.kubectl(), unique);
  }

  /** Puts into a PodSpec what every pod here has: there is no scheduler and no service account. */
  static void bind(ObjectNode spec) {
    spec.put("nodeName", KubeConfig.NODE)
        .put("restartPolicy", "Never")
        .put("terminationGracePeriodSeconds", 1)
        .put("automountServiceAccountToken", false)
        .put("enableServiceLinks", false);
  }

  String name() {
    return name;
  }

  /** Its PodStatus. */
  JsonNode status() {
    return read().path("status");
  }

  /** All of it. */
  JsonNode read() {
    try {
      return JSON.readTree(kubectl.run("get", "pod", name, "-o", "json"));
    } catch (IOException e) {
      throw new UncheckedIOException("read pod " + name, e);
    }
  }

  /** Waits until its PodStatus is so. */
  void await(String what, Predicate<JsonNode> condition) {
    Await.until(what + " of pod " + name, () -> condition.test(status()));
  }

  /** Waits for the end of its container and gives its ContainerStateTerminated. */
  JsonNode awaitEnd() {
    await("end", status -> status.at("/containerStatuses/0/state/terminated").isObject());
    return status().at("/containerStatuses/0/state/terminated");
  }

  /** What its container has written. */
  String logged() throws IOException {
    return kubectl.run("logs", name);
  }

  /** Waits until its container has written a text. */
  void awaitLogged(String text) {
    Await.until(
        text + " in the log of " + name,
        () -> {
          try {
            return logged().contains(text);
          } catch (IOException e) {
            throw new UncheckedIOException("logs of " + name, e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    kubectl.run("delete", "pod", name, "--grace-period=1", "--ignore-not-found", "--wait=false");
  }
}
