package io.conmonj.it.embedding;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program of this module, run by a Java of its own. Closing it kills it. */
final class ExampleProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader says;
  private final BufferedWriter hears;

  private ExampleProgram(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    says = process.inputReader();
    hears = process.outputWriter();
  }

  /** Runs it with all that this module has. */
  static ExampleProgram start(Class<?> main) throws IOException {
    return start(main, ".*");
  }

  /**
   * Runs it with what this module has.
   *
   * @param dependencies a regular expression for the names of the jars it gets
   */
  static ExampleProgram start(Class<?> main, String dependencies) throws IOException {
    Pattern wanted = Pattern.compile("classes|conmonj-it-.*\\.jar|" + dependencies);
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> wanted.matcher(Path.of(entry).getFileName().toString()).matches())
            .collect(Collectors.joining(":"));
    String java = System.getProperty("java.home") + "/bin/java";
    return new ExampleProgram(
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classPath,
            main.getName()));
  }

  /** The next line of its output. */
  String line() throws IOException {
    return says.readLine();
  }

  /** Its answer to a line. */
  String ask(String line) throws IOException {
    hears.write(line + "\n");
    hears.flush();
    return line();
  }

  /** Ends its input and waits for its end. */
  int endInput() throws IOException {
    hears.close();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
