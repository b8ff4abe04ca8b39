package io.conmonj.monitor.daemon;

import io.conmonj.kernel.ProcessTexts;
import java.io.IOException;

/**
 * What the monitor was started with: bytes that the Java VM could not read are not what was meant.
 */
public final class StartTexts {
  private StartTexts() {}

  /**
   * Finds an argument that is not UTF-8.
   *
   * @param arguments as the Java VM gave them
   * @return one with its other bytes as {@code \xHH}; null if there is none
   * @throws IOException when /proc cannot be read
   */
  public static String malformed(String[] arguments) throws IOException {
    return ProcessTexts.malformed(arguments);
  }

  /**
   * Tells whether the value of an environment variable is not UTF-8.
   *
   * @param name of the variable
   * @param value as the Java VM gave it; may be null
   * @return its assignment, with the other bytes as {@code \xHH}; null if it is UTF-8
   * @throws IOException when /proc cannot be read
   */
  public static String malformed(String name, String value) throws IOException {
    return ProcessTexts.malformed(name, value);
  }
}
