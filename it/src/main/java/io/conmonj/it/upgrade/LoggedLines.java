package io.conmonj.it.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of stdout in a CRI log, one after the other, however long it is. For lines without a
 * carriage return.
 */
final class LoggedLines implements AutoCloseable {
  private final BufferedReader records;

  LoggedLines(Path log) throws IOException {
    records = Files.newBufferedReader(log, StandardCharsets.US_ASCII);
  }

  /** The next one, without its end; null behind the last. The last may be one without an end. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    for (String each = records.readLine(); each != null; each = records.readLine()) {
      String[] fields = each.split(" ", 4);
      if (fields.length < 4 || !fields[1].equals("stdout")) {
        throw new IOException("not a record of stdout: " + each);
      }
      line.append(fields[3]);
      if (fields[2].equals("F")) {
        return line.toString();
      }
    }
    return line.isEmpty() ? null : line.toString();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
