package io.conmonj.it.crio;

import io.conmonj.it.pod.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client program that goes on, with a keyboard and a screen: exec, attach or port-forward. */
public class AttachedProgram implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final String name;
  private final Process process;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  /**
   * Starts it on pipes.
   *
   * @param name in messages
   * @param environment added to that of this process
   */
  public AttachedProgram(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    Thread.ofVirtual().start(this::read);
  }

  /** The command line that has another on a terminal of 33 rows and 77 columns. */
  public static List<String> onTerminal(List<String> program) {
    List<String> command = new ArrayList<>(List.of("script", "-qefc"));
    command.add("stty rows 33 cols 77; exec " + String.join(" ", program));
    command.add("/dev/null");
    return command;
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
  public String shown() {
    synchronized (screen) {
      return screen.toString(StandardCharsets.UTF_8);
    }
  }

  /** Waits until a text is shown. */
  public void awaitShown(String text) {
    Await.until(
        text + " from " + name,
        () -> {
          if (!process.isAlive() && !shown().contains(text)) {
            throw new AssertionError(name + " has ended without " + text + ": " + shown());
          }
          return shown().contains(text);
        });
  }

  /** Types a text. */
  public void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends the input. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for its end and gives its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " goes on; it has shown: " + shown());
    }
    return process.exitValue();
  }

  /** Whether it goes on. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** It, and then what it has started. */
  protected List<ProcessHandle> processes() {
    List<ProcessHandle> processes = new ArrayList<>(List.of(process.toHandle()));
    process.descendants().forEach(processes::add);
    return processes;
  }

  /** Kills it, since it does not end on SIGTERM while it is attached. */
  @Override
  public void close() {
    processes().reversed().forEach(ProcessHandle::destroyForcibly);
  }
}
