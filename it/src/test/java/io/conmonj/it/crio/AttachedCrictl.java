package io.conmonj.it.crio;

import io.conmonj.it.pod.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A crictl that goes on, with a keyboard and a screen: exec, attach or port-forward. */
final class AttachedCrictl implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private AttachedCrictl(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::read);
  }

  /** Starts it on pipes. */
  static AttachedCrictl onPipes(Crictl crictl, String... arguments) throws IOException {
    return new AttachedCrictl(crictl.command(arguments));
  }

  /** Starts it on a terminal of 33 rows and 77 columns. */
  static AttachedCrictl onTerminal(Crictl crictl, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("script", "-qefc"));
    command.add("stty rows 33 cols 77; exec " + String.join(" ", crictl.command(arguments)));
    command.add("/dev/null");
    return new AttachedCrictl(command);
  }

  private void read() {
    byte[] bytes = new byte[8192];
    try (InputStream out = process.getInputStream()) {
      for (int count = out.read(bytes); count >= 0; count = out.read(bytes)) {
        synchronized (screen) {
          screen.write(bytes, 0, count);
        }
      }
    } catch (IOException ended) {
      // The process was killed: there is no more to be seen.
    }
  }

  /** All that was shown. */
  String shown() {
    synchronized (screen) {
      return screen.toString(StandardCharsets.UTF_8);
    }
  }

  /** Waits until a text is shown. */
  void awaitShown(String text) {
    Await.until(
        text + " from crictl",
        () -> {
          if (!process.isAlive() && !shown().contains(text)) {
            throw new AssertionError("crictl has ended without " + text + ": " + shown());
          }
          return shown().contains(text);
        });
  }

  /** Types a text. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends the input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for its end and gives its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("crictl goes on; it has shown: " + shown());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it, since it does not end on SIGTERM while it is attached. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
