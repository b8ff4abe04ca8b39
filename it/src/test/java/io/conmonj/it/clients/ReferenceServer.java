package io.conmonj.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The kubelet's own streaming library, in the program {@code reference}: what containerd and CRI-O
 * serve today.
 */
final class ReferenceServer implements StreamingTarget, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI control;

  private ReferenceServer(Process process, URI control) {
    this.process = process;
    this.control = control;
  }

  /** Starts the program; it listens when this returns. */
  static ReferenceServer start() throws IOException {
    Process process =
        new ProcessBuilder(ClientPrograms.command("reference"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new IOException("start the reference server: it said nothing");
    }
    return new ReferenceServer(
        process, URI.create(JSON.readTree(line).get("control").asText() + "/"));
  }

  /** Starts a process to attach to. */
  void startContainer(String id, List<String> command) throws IOException {
    ask("containers", Map.of("id", id, "command", command));
  }

  @Override
  public URI exec(String container, List<String> command, Streams streams) throws IOException {
    return url(
        "exec",
        Map.of(
            "id", container,
            "command", command,
            "stdin", streams.stdin(),
            "stdout", streams.stdout(),
            "stderr", streams.stderr(),
            "tty", streams.tty()));
  }

  @Override
  public URI attach(String container, Streams streams) throws IOException {
    return url(
        "attach",
        Map.of(
            "id", container,
            "stdin", streams.stdin(),
            "stdout", streams.stdout(),
            "stderr", streams.stderr(),
            "tty", streams.tty()));
  }

  @Override
  public URI portForward(String pod, List<Integer> ports) throws IOException {
    return url("portforward", Map.of("id", pod, "ports", ports));
  }

  private URI url(String path, Map<String, Object> body) throws IOException {
    return URI.create(ask(path, body).get("url").asText());
  }

  private JsonNode ask(String path, Map<String, Object> body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("ask for " + path + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ask for " + path + ": interrupted", e);
    }
  }

  /** Ends the program and what it runs. */
  @Override
  public void close() throws IOException {
    http.close();
    process.getOutputStream().close();
    process.onExit().join();
  }
}
