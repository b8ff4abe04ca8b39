package io.conmonj.it.tool;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tool, run by a shell to its end.
 *
 * @param code the exit code of the shell's script
 * @param out what went to standard output
 * @param err what went to standard error
 */
record ToolRun(int code, String out, String err) {
  private static final long LIMIT_SECONDS = 120;

  /**
   * Runs a script of bash.
   *
   * @param scratch for files of this
   * @param script in which {@code $tool} is the program with its directory; its words are arguments
   */
  static ToolRun of(Path scratch, Path runtimeDir, String script, String... words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "out", "");
    Path err = Files.createTempFile(scratch, "err", "");
    String tool = Distribution.program("conmonjctl") + " --runtime-dir " + runtimeDir;
    List<String> line = new ArrayList<>(List.of("bash", "-c", "tool='" + tool + "'; " + script));
    line.add("bash");
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("still running: " + script);
    }
    return new ToolRun(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
