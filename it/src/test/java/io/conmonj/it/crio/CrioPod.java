package io.conmonj.it.crio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A pod of a {@link CrioNode}, as the kubelet makes them: without a shared PID namespace, and so
 * without an infra container.
 */
final class CrioPod {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** CONTAINER of NamespaceMode in the CRI. */
  private static final int OF_THE_CONTAINER = 1;

  private final CrioNode node;
  private final Path home;
  private final Path config;
  private final String id;

  private CrioPod(CrioNode node, Path home, Path config, String id) {
    this.node = node;
    this.home = home;
    this.config = config;
    this.id = id;
  }

  /** Runs a pod without containers. */
  static CrioPod run(CrioNode node, String name) throws IOException {
    Path home = Files.createDirectories(node.directory().resolve("pods").resolve(name));
    ObjectNode pod = JSON.createObjectNode();
    pod.putObject("metadata").put("name", name).put("namespace", "it").put("uid", name);
    pod.put("log_directory", home.toString());
    ObjectNode linux = pod.putObject("linux").put("cgroup_parent", "/conmonj-crio");
    ownProcesses(linux);
    Path config = home.resolve("pod.json");
    JSON.writeValue(config.toFile(), pod);
    return new CrioPod(node, home, config, node.crictl().run("runp", config.toString()));
  }

  private static void ownProcesses(ObjectNode linux) {
    linux.putObject("security_context").putObject("namespace_options").put("pid", OF_THE_CONTAINER);
  }

  /** Its id. */
  String id() {
    return id;
  }

  /** The node that it is on. */
  Crictl crictl() {
    return node.crictl();
  }

  /** Creates and starts a container that runs a script of the shell. */
  Container start(String name, String script) throws IOException {
    return start(name, script, same -> {});
  }

  /**
   * The same, with more in its ContainerConfig.
   *
   * @param wishes changes the JSON of the ContainerConfig
   */
  Container start(String name, String script, Consumer<ObjectNode> wishes) throws IOException {
    ObjectNode container = JSON.createObjectNode();
    container.putObject("metadata").put("name", name);
    container.putObject("image").put("image", CrioConfig.IMAGE.name());
    container.putArray("command").add("sh").add("-c").add(script);
    container.put("log_path", name + ".log");
    ownProcesses(container.putObject("linux"));
    wishes.accept(container);
    Path file = home.resolve(name + ".json");
    JSON.writeValue(file.toFile(), container);
    String created = crictl().run("create", id, file.toString(), config.toString());
    crictl().run("start", created);
    return new Container(created, home.resolve(name + ".log"));
  }

  /** Removes it with its containers, whose first processes mostly ignore SIGTERM. */
  void remove() {
    for (String container : crictl().run("ps", "-a", "-q", "--pod", id).lines().toList()) {
      crictl().run("rm", "--force", container);
    }
    crictl().run("rmp", "--force", id);
  }

  /** The monitor's process id, as CRI-O has it for a container of the pod. */
  long monitor() throws IOException {
    String said = Files.readString(node.log());
    int at = said.lastIndexOf("Running conmonrs with PID: ");
    return at < 0 ? -1 : Long.parseLong(said.substring(at + 27).split("\\D", 2)[0]);
  }

  /** A container that was started. */
  final class Container {
    private final String id;
    private final Path log;

    private Container(String id, Path log) {
      this.id = id;
      this.log = log;
    }

    String id() {
      return id;
    }

    Path log() {
      return log;
    }

    /** What its log holds. */
    String logged() {
      try {
        return Files.exists(log) ? Files.readString(log) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What CRI-O says of it: {@code state}, {@code exitCode}, {@code reason}, … */
    JsonNode status() {
      return inspect().get("status");
    }

    /** The process id of its first process, as the host sees it. */
    long pid() {
      return inspect().get("info").get("pid").asLong();
    }

    /**
     * Makes an empty file in it from outside. A command in it that has it end by that is killed by
     * its end, as often as not before its own.
     */
    void touch(String file) throws IOException {
      Files.createFile(Path.of("/proc/" + pid() + "/root" + file));
    }

    private JsonNode inspect() {
      try {
        return JSON.readTree(crictl().run("inspect", id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for its end and gives its status. */
    JsonNode awaitExit() {
      Await.until(
          "the exit of " + id, () -> status().get("state").asText().equals("CONTAINER_EXITED"));
      return status();
    }

    /** Waits until its log holds a text. */
    void awaitLogged(String text) {
      Await.until(text + " in " + log, () -> logged().contains(text));
    }
  }
}
