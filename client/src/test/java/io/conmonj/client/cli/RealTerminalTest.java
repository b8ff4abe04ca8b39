package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conmonj.client.Eventually;
import io.conmonj.client.FakeMonitor;
import io.conmonj.client.remotecommand.CommandEnd;
import io.conmonj.streaming.peer.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool in a process of its own, on a pseudo-terminal that script(1) makes. */
@Timeout(180)
class RealTerminalTest {
  private static final String SCRIPT = "/usr/bin/script";

  @TempDir private Path directory;
  private FakeMonitor fake;
  private Process session;

  @BeforeEach
  void listen() throws Exception {
    assumeThat(Path.of(SCRIPT))
        .describedAs("%s makes the pseudo-terminal; Debian has it in bsdutils", SCRIPT)
        .isExecutable();
    fake = new FakeMonitor(directory);
  }

  @AfterEach
  void close() {
    if (session != null) {
      session.descendants().forEach(ProcessHandle::destroyForcibly);
      session.destroyForcibly();
    }
    if (fake != null) {
      fake.close();
    }
  }

  /** Begins {@code exec -it} on a terminal; its modes before and after go to files. */
  private void begin(ScriptedServer server) throws IOException {
    fake.execUrl(() -> server.url().toString());
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path work = directory.resolve("work.sh");
    Files.writeString(
        work,
        "cd '"
            + directory
            + "'\nstty rows 40 cols 120\nstty -g > before\n'"
            + System.getProperty("java.home")
            + "/bin/java' "
            + sameFlags()
            + " -XX:TieredStopAtLevel=1 -cp '"
            + classPath
            + "' "
            + Main.class.getName()
            + " --runtime-dir . exec -it box sh\necho $? > code.tmp\nstty -g > after\n"
            + "mv code.tmp code\n");
    session =
        new ProcessBuilder(SCRIPT, "-qec", "sh " + work, "/dev/null")
            .redirectOutput(directory.resolve("screen").toFile())
            .redirectErrorStream(true)
            .start();
  }

  /** What this JVM may do without a warning; not its heap, properties and agents. */
  private static String sameFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .collect(Collectors.joining(" "));
  }

  private ProcessHandle tool() {
    return session
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow();
  }

  private void awaitRestoredWithCode(int code) throws Exception {
    Eventually.await("the tool ends", () -> Files.exists(directory.resolve("code")));
    assertThat(directory.resolve("code")).hasContent(Integer.toString(code));
    String before = Files.readString(directory.resolve("before"));
    assertThat(before).contains(":");
    assertThat(directory.resolve("after")).hasContent(before);
  }

  /** What has come so far: script(1) may pass on the last of it after the tool's end. */
  private String screen() {
    try {
      return Files.readString(directory.resolve("screen"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void passesControlCharactersOnAndRestoresTheTerminal() throws Exception {
    CompletableFuture<String> size = new CompletableFuture<>();
    CompletableFuture<String> typed = new CompletableFuture<>();
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              size.complete(side.readMessage().text());
              side.message(1, "ready\n");
              StringBuilder keys = new StringBuilder();
              while (keys.length() < 4) {
                keys.append(side.readMessage().text());
              }
              typed.complete(keys.toString());
              CommandEnd.exit(side, 3);
            })) {
      begin(server);
      assertThat(size.get(60, TimeUnit.SECONDS)).isEqualTo("{\"Width\":120,\"Height\":40}");
      // Ctrl-C, Ctrl-Z, Ctrl-D and the return key: none means anything on this side.
      session.getOutputStream().write(new byte[] {3, 26, 4, '\r'});
      session.getOutputStream().flush();
      assertThat(typed.get(60, TimeUnit.SECONDS)).isEqualTo("\u0003\u001a\u0004\r");
      awaitRestoredWithCode(3);
      // A raw terminal does not put a carriage return before the line feed.
      Eventually.await("a line feed alone", () -> screen().contains("ready\n"));
    }
  }

  @Test
  void restoresTheTerminalWhenItIsTerminatedBySignal() throws Exception {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              side.readMessage();
              connected.complete(null);
              side.readMessage();
            })) {
      begin(server);
      connected.get(60, TimeUnit.SECONDS);
      tool().destroy();
      awaitRestoredWithCode(128 + 15);
    }
  }

  @Test
  void restoresTheTerminalWhenTheConnectionIsCut() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              side.readMessage();
              side.socket().reset();
            })) {
      begin(server);
      awaitRestoredWithCode(125);
    }
  }

  @Test
  void tellsWhenTheTerminalIsResized() throws Exception {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    CompletableFuture<String> resized = new CompletableFuture<>();
    try (ScriptedServer server =
        ScriptedServer.webSocket(
            side -> {
              side.readMessage();
              connected.complete(null);
              resized.complete(side.readMessage().text());
              CommandEnd.succeed(side);
            })) {
      begin(server);
      connected.get(60, TimeUnit.SECONDS);
      Path terminal = Path.of("/proc/" + tool().pid() + "/fd/0").toRealPath();
      // The tool listens for the signal soon after it has connected: tell it until it does.
      Eventually.await(
          "the new size",
          () -> {
            resize(terminal, 20);
            resize(terminal, 50);
            return resized.isDone();
          });
      assertThat(resized.get())
          .isIn("{\"Width\":120,\"Height\":20}", "{\"Width\":120,\"Height\":50}");
      awaitRestoredWithCode(0);
    }
  }

  private static void resize(Path terminal, int rows) {
    try {
      new ProcessBuilder("stty", "-F", terminal.toString(), "rows", "" + rows).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
