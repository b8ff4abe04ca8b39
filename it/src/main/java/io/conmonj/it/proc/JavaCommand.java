package io.conmonj.it.proc;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Command lines for a JVM beside this one, of the same Java and with the same flags. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * Runs a program.
   *
   * @param options of java, which say where the classes are
   * @param main its class
   * @param arguments of the program
   */
  public static List<String> of(List<String> options, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // Not what is this JVM's alone: its heap, its properties, its agents.
      if (flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(options);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }
}
