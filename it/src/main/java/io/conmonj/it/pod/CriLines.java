package io.conmonj.it.pod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one stream of a CRI log, read file by file: a line that is logged in pieces may
 * begin in one file and end in the next, where the log was rotated in the middle of it.
 */
public final class CriLines {
  private final String stream;
  private final StringBuilder begun = new StringBuilder();

  /**
   * Before the first file.
   *
   * @param stream {@code stdout} or {@code stderr}
   */
  public CriLines(String stream) {
    this.stream = stream;
  }

  /** The lines that end in a file, which follows those read before. */
  public List<String> endingIn(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    // Not by a reader's idea of a line: a carriage return belongs to the content.
    for (String entry : Files.readString(file, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] fields = entry.split(" ", 4);
      if (fields.length == 4 && fields[1].equals(stream)) {
        begun.append(fields[3]);
        if (fields[2].equals("F")) {
          lines.add(begun.toString());
          begun.setLength(0);
        }
      }
    }
    return lines;
  }

  /** What there is of a line that none of the files ends. */
  public Optional<String> unfinished() {
    return begun.isEmpty() ? Optional.empty() : Optional.of(begun.toString());
  }
}
