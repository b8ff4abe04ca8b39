package io.conmonj.client;

import java.util.List;
import java.util.Map;

/**
 * What the launcher of {@code conmonjctl} changed in the environment for the Java VM, and how it is
 * undone for programs that are started: they find what whoever started the tool had. Any thread.
 */
public final class CallerEnvironment {
  /** Before the name of a variable that the launcher found and changed. */
  private static final String KEPT = "CONMONJ_GIVEN_";

  private CallerEnvironment() {}

  /**
   * Undoes it; does nothing where there was no launcher.
   *
   * @param environment of a program that is about to be started, never null
   */
  public static void restore(Map<String, String> environment) {
    // Set by the launcher.
    if (System.getProperty("conmonj.home") == null) {
      return;
    }
    environment.remove("LC_ALL");
    for (String name : List.copyOf(environment.keySet())) {
      if (name.startsWith(KEPT)) {
        environment.put(name.substring(KEPT.length()), environment.remove(name));
      }
    }
  }
}
