package io.conmonj.it.bench.density;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conmonj.it.bundle.BusyboxBundle;
import io.conmonj.it.pod.Runc;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Debian's conmon for each container, called as CRI-O calls it. */
final class ConmonNode implements LoggingNode {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Runc runc;
  private final List<String> pods = new ArrayList<>();

  ConmonNode(Path directory) {
    this.directory = directory;
    this.runc = new Runc(Runc.find(), directory.resolve("runc"));
  }

  @Override
  public String name() {
    return "conmon";
  }

  @Override
  public void prepare(String id) throws IOException {
    Path home = directory.resolve(id);
    BusyboxBundle.create(home.resolve("bundle"), false, List.of("sleep", "1000000"));
    Files.createDirectories(home.resolve("exits"));
    Files.createDirectories(home.resolve("exec-exits"));
    Files.createDirectories(directory.resolve("sockets"));
    JsonNode config = JSON.readTree(home.resolve("bundle/config.json").toFile());
    ObjectNode process = (ObjectNode) config.get("process");
    process.putArray("args").add("true");
    JSON.writeValue(home.resolve("process.json").toFile(), process);
  }

  @Override
  public void create(String id) throws IOException {
    Path home = directory.resolve(id);
    pods.add(id);
    answer(
        id,
        "-b",
        home.resolve("bundle").toString(),
        "-p",
        home.resolve("pidfile").toString(),
        "-P",
        home.resolve("conmon-pidfile").toString(),
        "-l",
        "k8s-file:" + home.resolve("log"),
        "--exit-dir",
        home.resolve("exits").toString());
  }

  @Override
  public void start(String id) {
    runc.start(id);
  }

  @Override
  public void exec(String id) throws IOException {
    Path home = directory.resolve(id);
    String answer =
        answer(
            id,
            "-e",
            "--sync",
            "--exec-process-spec",
            home.resolve("process.json").toString(),
            "-p",
            home.resolve("exec-pidfile").toString(),
            "-l",
            "k8s-file:" + home.resolve("exec-log"),
            "--exit-dir",
            home.resolve("exec-exits").toString());
    if (JSON.readTree(answer).path("exit_code").asInt(-1) != 0) {
      throw new IOException("exec by conmon: " + answer);
    }
  }

  @Override
  public void stop(String id) throws IOException {
    runc.kill(id, "KILL");
    Command.awaitFile(directory.resolve(id).resolve("exits").resolve(id));
  }

  @Override
  public long process(String id) {
    return runc.pid(id);
  }

  @Override
  public boolean isAtRest() {
    return true;
  }

  @Override
  public List<Long> monitors() throws IOException {
    List<Long> monitors = new ArrayList<>();
    for (String id : pods) {
      String pid = Files.readString(directory.resolve(id).resolve("conmon-pidfile"));
      monitors.add(Long.valueOf(pid.strip()));
    }
    return Collections.unmodifiableList(monitors);
  }

  @Override
  public void close() {
    pods.forEach(runc::delete);
  }

  /** Runs it until it has written to its synchronisation pipe; what that is. */
  private String answer(String id, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "_OCI_SYNCPIPE=3 exec conmon \"$@\" 3>&1 >/dev/null",
                "sh",
                "-c",
                id,
                "-u",
                id,
                "-n",
                id,
                "-r",
                runc.program().toString(),
                "--runtime-arg=--root=" + runc.root(),
                "--socket-dir-path",
                directory.resolve("sockets").toString()));
    command.addAll(List.of(flags));
    Process conmon =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = conmon.inputReader(StandardCharsets.UTF_8)) {
      String answer = said.readLine();
      if (answer == null) {
        throw new IOException("conmon ended without an answer");
      }
      return answer;
    }
  }
}
