package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads CRI logs back as the kubelet does: content of P records joins what follows in the same
 * stream, F records end a line. It is stricter than the kubelet: anything that is not a whole,
 * well-formed record fails the test.
 */
final class CriReader {
  private static final Pattern PREFIX =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z (stdout|stderr) [PF] ");

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private int records;

  /** Reads files, the oldest first. */
  static CriReader of(List<Path> files) throws IOException {
    CriReader reader = new CriReader();
    for (Path file : files) {
      reader.read(Files.readAllBytes(file));
    }
    return reader;
  }

  static CriReader of(Path file) throws IOException {
    return of(List.of(file));
  }

  private void read(byte[] log) {
    int start = 0;
    while (start < log.length) {
      int end = start;
      while (end < log.length && log[end] != '\n') {
        end++;
      }
      assertThat(end).as("the last record is whole").isLessThan(log.length);
      assertThat(end - start).as("record length").isGreaterThanOrEqualTo(CriPrefix.LENGTH);
      String prefix = new String(log, start, CriPrefix.LENGTH, StandardCharsets.ISO_8859_1);
      assertThat(prefix).matches(PREFIX);
      boolean full = prefix.charAt(38) == 'F';
      int content = start + CriPrefix.LENGTH;
      ByteArrayOutputStream stream = prefix.contains("stdout") ? stdout : stderr;
      stream.write(log, content, end - content + (full ? 1 : 0));
      records++;
      start = end + 1;
    }
  }

  byte[] bytes(StdStream stream) {
    return (stream == StdStream.STDOUT ? stdout : stderr).toByteArray();
  }

  String text() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  int records() {
    return records;
  }
}
