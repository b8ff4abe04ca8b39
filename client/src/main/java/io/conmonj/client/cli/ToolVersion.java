package io.conmonj.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of this program, which the build writes into a file beside this class. */
final class ToolVersion {
  private ToolVersion() {}

  static String read() throws IOException {
    try (InputStream file = ToolVersion.class.getResourceAsStream("version.txt")) {
      return file == null
          ? "unknown"
          : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
