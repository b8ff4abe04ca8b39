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
   * @param classPath as java takes it
   * @param main its class
   * @param arguments of the program
   */
  public static List<String> of(String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // Not what is this JVM's alone: its heap, its properties, its agents.
      if (flag.startsWith("--")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-cp", classPath, main));
    command.addAll(List.of(arguments));
    return command;
  }
}
