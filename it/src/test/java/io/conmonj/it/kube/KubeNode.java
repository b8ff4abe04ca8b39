package io.conmonj.it.kube;

import io.conmonj.it.crio.CrioNode;
import io.conmonj.it.crio.CrioPrograms;
import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes node on loopback, with an API server of its own. Closing it deletes its pods, ends
 * its programs and puts back what they changed on this machine.
 */
final class KubeNode implements AutoCloseable {
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Path directory;
  private CrioNode crio;
  private Kubectl kubectl;

  /** Sleeps, and answers when all of the node does. */
  private KubePod beacon;

  private boolean streaming = true;

  /** What has to be undone, the last first. */
  private interface Part {
    void close() throws IOException;
  }

  private KubeNode(Path directory) {
    this.directory = directory;
  }

  /** Starts one; it is ready for pods when this returns. */
  static KubeNode start() throws Exception {
    CrioPrograms runtime = CrioPrograms.built();
    KubePrograms programs = KubePrograms.built();
    KubeNode node = new KubeNode(Files.createTempDirectory("conmonj-kube-"));
    try {
      node.start(runtime, programs);
      return node;
    } catch (Exception | AssertionError e) {
      try {
        node.close();
      } catch (Exception | AssertionError also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private void start(CrioPrograms runtime, KubePrograms programs) throws Exception {
    parts.push(this::removeFiles);
    HostState host = HostState.remember();
    parts.push(host::restore);
    Path under = Files.createDirectories(directory.resolve("crio"));
    crio = CrioNode.start(runtime, under, streaming);
    parts.push(crio::close);
    KubeConfig config = KubeConfig.choose(directory.resolve("kube"), under, programs);
    config.write();
    kubectl = new Kubectl(programs.program("kubectl"), config.client(), Map.of());
    parts.push(component("etcd", config.etcdCommand())::close);
    Component api = component("apiserver", config.apiCommand());
    parts.push(api::close);
    api.await("the default namespace", () -> answers("get", "namespace", "default"));
    Component kubelet = component("kubelet", config.kubeletCommand());
    parts.push(kubelet::close);
    parts.push(this::deletePods);
    kubelet.await(
        "a node that is ready",
        () -> answers("wait", "--for=condition=Ready", "node/" + KubeConfig.NODE));
    beacon = KubePod.run(this, "beacon", "exec sleep 1000000");
  }

  private Component component(String name, List<String> command) throws IOException {
    return Component.start(directory.resolve(name + ".log"), command);
  }

  private boolean answers(String... arguments) {
    try {
      return kubectl.tries(arguments).code() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kubelet has mounted its directory over itself, and CRI-O leaves PID namespaces pinned. */
  private void removeFiles() throws IOException {
    String script =
        "grep -o \" $1[^ ]*\" /proc/mounts | sort -r | xargs -r umount; exec rm -rf --one-file-system \"$1\"";
    new ProcessBuilder("sh", "-c", script, "sh", directory.toString())
        .inheritIO()
        .start()
        .onExit()
        .join();
  }

  private void deletePods() throws IOException {
    kubectl.run("delete", "pods", "--all", "--grace-period=1", "--timeout=120s");
  }

  /** Speaks to it by a way that does not matter. */
  Kubectl kubectl() {
    return kubectl;
  }

  /** Speaks to it by one way, for which CRI-O may have to be restarted. */
  Kubectl kubectl(Way way) throws IOException {
    if (streaming != way.endsAtTheMonitor()) {
      streaming = way.endsAtTheMonitor();
      crio.restartWith(streaming);
      awaitRuntime();
    }
    return kubectl.by(way);
  }

  /** Kills CRI-O, as a crash does. */
  void killCrio() {
    crio.killCrio();
  }

  /** Starts CRI-O again, and waits until the kubelet has found it. */
  void startCrio() throws IOException {
    crio.startCrio();
    awaitRuntime();
  }

  private void awaitRuntime() {
    Await.until("an answer of the runtime", () -> answers("exec", beacon.name(), "--", "true"));
  }

  /** Writes a file for kubectl. */
  Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** Its files. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    IOException failure = new IOException("end the node of " + directory);
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (IOException | AssertionError e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
