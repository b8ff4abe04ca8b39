package io.conmonj.it.embedding;

import io.conmonj.it.proc.JavaCommand;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program with the streaming server in it, run by a Java of its own. Closing it kills it. */
final class ExampleProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader says;
  private final BufferedWriter hears;

  private ExampleProgram(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    says = process.inputReader();
    hears = process.outputWriter();
  }

  /** Runs one of this module with all that the module has. */
  static ExampleProgram start(Class<?> main) throws IOException {
    return start(main, ".*");
  }

  /**
   * Runs one of this module with some of what the module has.
   *
   * @param dependencies a regular expression for the names of the jars it gets
   */
  static ExampleProgram start(Class<?> main, String dependencies) throws IOException {
    Pattern wanted = Pattern.compile("classes|conmonj-it-.*\\.jar|" + dependencies);
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> wanted.matcher(Path.of(entry).getFileName().toString()).matches())
            .collect(Collectors.joining(":"));
    return start(List.of("-cp", classPath), main.getName());
  }

  /**
   * Runs a program that need not be of this module.
   *
   * @param options of java, which say where its classes are
   * @param main its class
   */
  static ExampleProgram start(List<String> options, String main) throws IOException {
    return new ExampleProgram(JavaCommand.of(options, main));
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
