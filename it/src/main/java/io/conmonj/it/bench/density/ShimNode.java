package io.conmonj.it.bench.density;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.bundle.BusyboxBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * containerd's shim for each container, by way of a containerd and {@code ctr}, whose own time is
 * in every figure; it creates and starts in one step.
 */
final class ShimNode implements Node {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Path socket;
  private final Process containerd;
  private final List<String> pods = new ArrayList<>();

  ShimNode(Path directory) throws IOException {
    this.directory = directory;
    this.socket = directory.resolve("containerd.sock");
    Path config = directory.resolve("config.toml");
    Files.writeString(
        config,
        """
        version = 2
        root = "%s"
        state = "%s"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
        address = "%s"
        """
            .formatted(directory.resolve("root"), directory.resolve("state"), socket));
    this.containerd =
        new ProcessBuilder("containerd", "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("containerd.log").toFile())
            .start();
    Command.awaitFile(socket);
    ctr("version");
  }

  @Override
  public String name() {
    return "containerd-shim";
  }

  @Override
  public void prepare(String id) throws IOException {
    Path bundle = directory.resolve(id);
    BusyboxBundle.create(bundle, false, List.of("sleep", "1000000"));
    Path file = bundle.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    ((ObjectNode) config.get("root")).put("path", bundle.resolve("rootfs").toString());
    JSON.writeValue(file.toFile(), config);
    ctr("containers", "create", "--config", file.toString(), id);
  }

  @Override
  public void create(String id) throws IOException {
    pods.add(id);
    ctr("tasks", "start", "--detach", id);
  }

  @Override
  public void start(String id) {
    // done by the step before
  }

  @Override
  public void exec(String id) throws IOException {
    ctr("tasks", "exec", "--exec-id", "bench", id, "true");
  }

  @Override
  public void stop(String id) throws IOException {
    // It reports the code of what it kills as its own.
    ctrDelete(id);
  }

  @Override
  public List<Long> monitors() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(this::isShim).map(ProcessHandle::pid).toList();
    }
  }

  private boolean isShim(ProcessHandle process) {
    return process.info().command().filter(c -> c.endsWith("/containerd-shim-runc-v2")).isPresent()
        && process.info().commandLine().filter(c -> c.contains(socket.toString())).isPresent();
  }

  @Override
  public void close() throws IOException {
    for (String id : pods) {
      ctrDelete(id);
    }
    containerd.destroy();
    containerd.onExit().join();
  }

  private void ctrDelete(String id) throws IOException {
    Process process =
        new ProcessBuilder("ctr", "--address", socket.toString(), "tasks", "delete", "--force", id)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.onExit().join();
  }

  private void ctr(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ctr", "--address", socket.toString()));
    command.addAll(List.of(arguments));
    Command.run(command);
  }
}
