package io.conmonj.it.pod;

import java.io.IOException;
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
    CriLines reader = new CriLines(stream);
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(reader.endingIn(file));
    }
    reader.unfinished().ifPresent(lines::add);
    return lines;
  }
}
