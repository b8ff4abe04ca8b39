package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CRI logs as the kubelet does: {@code <time> <stream> <P|F> <content>}, where partial lines
 * are joined until a full one ends them.
 */
public final class CriLogFiles {
  private CriLogFiles() {}

  /** The lines of one stream over several files, the oldest file first. */
  public static List<String> lines(String stream, List<Path> files) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder partial = new StringBuilder();
    for (Path file : files) {
      // Not by a reader's idea of a line: a carriage return belongs to the content.
      for (String entry : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
        String[] fields = entry.split(" ", 4);
        if (fields.length == 4 && fields[1].equals(stream)) {
          partial.append(fields[3]);
          if (fields[2].equals("F")) {
            lines.add(partial.toString());
            partial.setLength(0);
          }
        }
      }
    }
    if (!partial.isEmpty()) {
      lines.add(partial.toString());
    }
    return lines;
  }
}
