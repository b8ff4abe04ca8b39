package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of the distribution of which a part can be another one, for what would take too long or
 * too much with that of users. It takes next to no room: what is not changed is the same file.
 *
 * @param directory where it is
 */
public record ChangedDistribution(Path directory) {
  private static final String OPTIONS = "lib/monitor.options";

  /** Makes a copy of what {@link Distribution} is. */
  public static ChangedDistribution create(Path directory) throws IOException {
    run(List.of("cp", "-al", Distribution.directory().toString(), directory.toString()));
    return new ChangedDistribution(directory);
  }

  /**
   * With a holder of other limits.
   *
   * @param flags of the C compiler, such as {@code -DMOST_DESCRIPTORS=40}
   */
  public ChangedDistribution holder(String... flags) throws IOException {
    Path holder = directory.resolve("lib/holder/conmonj");
    List<String> command = new ArrayList<>();
    command.add(Distribution.project().resolve("build/holder").toString());
    command.add("with");
    command.add(holder.toString());
    command.addAll(List.of(flags));
    run(command);
    return this;
  }

  /** From here on each worker that is started ends at once. */
  public void breakWorkers() throws IOException {
    Path options = directory.resolve(OPTIONS);
    String before = Files.readString(options);
    // Not into the file, which is the distribution's as well.
    Files.delete(options);
    Files.writeString(options, "-XX:+NoSuchOption\n" + before);
  }

  /** They are as before. */
  public void mendWorkers() throws IOException {
    Path options = directory.resolve(OPTIONS);
    Files.delete(options);
    Files.copy(Distribution.directory().resolve(OPTIONS), options);
  }

  /** What starts a monitor of it. */
  public Path launcher() {
    return directory.resolve("bin/conmonj");
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
