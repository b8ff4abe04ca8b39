package io.conmonj.it.crio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client program that goes on, with a keyboard and a screen: exec, attach or port-forward. */
public class AttachedProgram implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Thread reader;
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
    reader = Thread.ofVirtual().start(this::read);
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
    awaitShown(Pattern.compile(text, Pattern.LITERAL));
  }

  /** Waits until something that matches is shown, and gives the first that does. */
  public MatchResult awaitShown(Pattern pattern) {
    Await.until(
        pattern + " from " + name,
        () -> {
          // Asked first: what was shown just before the end has been read then.
          boolean ended = !reader.isAlive();
          boolean found = match(pattern).find();
          if (ended && !found) {
            throw new AssertionError(name + " has ended without " + pattern + ": " + shown());
          }
          return found;
        });
    Matcher match = match(pattern);
    assertThat(match.find()).isTrue();
    return match.toMatchResult();
  }

  private Matcher match(Pattern pattern) {
    return pattern.matcher(shown());
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

  /** Waits for its end, when all is shown that it has written, and gives its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || !reader.join(LIMIT)) {
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
