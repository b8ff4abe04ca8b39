package io.conmonj.kernel;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for what cannot be undone in the one that runs the tests. */
final class ChildJvm {
  private static final List<String> SMALL_AND_QUICK =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

  private ChildJvm() {}

  static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }

  /** The arguments for running a main class with this JVM's class path. */
  static List<String> arguments(Class<?> main) {
    return arguments(main, System.getProperty("java.class.path"));
  }

  static List<String> arguments(Class<?> main, String classPath) {
    List<String> arguments = new ArrayList<>(SMALL_AND_QUICK);
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // What may be done without a warning, as here; not the heap, properties and agents of this
      // JVM.
      if (flag.startsWith("--")) {
        arguments.add(flag);
      }
    }
    arguments.addAll(List.of("-cp", classPath, main.getName()));
    return arguments;
  }

  /** Runs a main class to its end. */
  static Finished run(Class<?> main) throws Exception {
    return Finished.run(Spawn.program(java()).arguments(arguments(main)));
  }
}
