package io.conmonj.it.embedding;

import io.conmonj.streaming.Stdio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A program that serves processes of this machine to Kubernetes streaming clients. Each line that
 * it reads asks for something; it answers with a URL, which a client can use once and within a
 * minute, or with {@code error:} and the reason. It goes on until the end of its input.
 *
 * <pre>
 * exec COMMAND...        runs a command that gets no input
 * exec -i COMMAND...     with input
 * exec -it COMMAND...    on a terminal
 * start NAME COMMAND...  names a command to attach to; no URL
 * attach NAME            to watch it and type into it
 * port-forward PORT...   to ports of this machine
 * </pre>
 */
public final class LocalServer {
  private static final Stdio OUTPUT = new Stdio(false, true, true, false);
  private static final Stdio PIPES = new Stdio(true, true, true, false);
  private static final Stdio TERMINAL = new Stdio(true, true, false, true);
  private static final String HERE = "local";

  private LocalServer() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedServer server = new EmbeddedServer();
        BufferedReader asked =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        System.out.println(answer(server, line));
      }
    }
  }

  private static String answer(EmbeddedServer server, String line) {
    List<String> words = Arrays.asList(line.strip().split("\\s+"));
    List<String> rest = words.subList(1, words.size());
    try {
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("nothing to " + words.getFirst());
      }
      return switch (words.getFirst()) {
        case "exec" -> exec(server, rest).toString();
        case "start" -> start(server, rest.getFirst(), rest.subList(1, rest.size()));
        case "attach" -> server.attach(rest.getFirst(), PIPES).toString();
        case "port-forward" -> portForward(server, rest).toString();
        default -> throw new IllegalArgumentException("unknown: " + words.getFirst());
      };
    } catch (IOException | IllegalArgumentException e) {
      return "error: " + e.getMessage();
    }
  }

  private static URI exec(EmbeddedServer server, List<String> words) throws IOException {
    List<String> command = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "-i" -> server.exec(HERE, command, PIPES);
      case "-it" -> server.exec(HERE, command, TERMINAL);
      default -> server.exec(HERE, words, OUTPUT);
    };
  }

  private static String start(EmbeddedServer server, String name, List<String> command) {
    server.startContainer(name, command);
    return "ready to attach to " + name;
  }

  private static URI portForward(EmbeddedServer server, List<String> ports) throws IOException {
    try {
      return server.portForward(HERE, ports.stream().map(Integer::valueOf).toList());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not ports: " + String.join(" ", ports), e);
    }
  }
}
