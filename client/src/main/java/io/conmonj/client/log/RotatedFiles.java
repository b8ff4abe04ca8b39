package io.conmonj.client.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files that came between one that has been read to its end and the one that has the log's name
 * now: a log may be rotated more than once between two looks.
 *
 * <p>They are siblings called {@code NAME.…}, and are told apart by when they were last written to;
 * where that is the same by their numbers, of which 1 is the youngest.
 */
final class RotatedFiles {
  /** A listing can be overtaken by a rotation; so often it is made again before it is taken. */
  private static final int TRIES = 20;

  private record Old(Path path, Object key, FileTime written, int number) {}

  private RotatedFiles() {}

  /**
   * Opens them.
   *
   * @param log the log's path
   * @param read the key of the file that has been read
   * @param writtenUntil when that one was last known to be written to
   * @param next the key of the file that is to be read after them
   * @return the files, the oldest first; the caller closes them
   */
  static List<CriLogFile> between(Path log, Object read, FileTime writtenUntil, Object next)
      throws IOException {
    for (int i = 1; ; i++) {
      List<CriLogFile> opened = new ArrayList<>();
      boolean steady = true;
      for (Old file : find(log, read, writtenUntil, next)) {
        steady &= open(file, opened);
      }
      if (steady || i == TRIES) {
        return opened;
      }
      for (CriLogFile file : opened) {
        file.close();
      }
    }
  }

  private static boolean open(Old file, List<CriLogFile> opened) throws IOException {
    try {
      CriLogFile now = CriLogFile.open(file.path());
      if (now.key().equals(file.key())) {
        opened.add(now);
        return true;
      }
      now.close();
    } catch (NoSuchFileException e) {
      // rotated on since it was found
    }
    return false;
  }

  private static List<Old> find(Path log, Object read, FileTime writtenUntil, Object next)
      throws IOException {
    List<Old> files = new ArrayList<>();
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(log.toAbsolutePath().getParent(), log.getFileName() + ".*")) {
      for (Path sibling : siblings) {
        add(files, sibling, log.getFileName().toString());
      }
    }
    Old last =
        files.stream()
            .filter(file -> file.key().equals(read))
            .findFirst()
            .orElse(new Old(log, read, writtenUntil, Integer.MAX_VALUE));
    Comparator<Old> byAge =
        Comparator.comparing(Old::written).thenComparing(Old::number, Comparator.reverseOrder());
    return files.stream()
        .filter(file -> !file.key().equals(read) && byAge.compare(file, last) > 0)
        .sorted(byAge)
        .takeWhile(file -> !file.key().equals(next))
        .toList();
  }

  private static void add(List<Old> files, Path file, String logName) throws IOException {
    String suffix = file.getFileName().toString().substring(logName.length() + 1);
    if (suffix.endsWith("gz") || suffix.endsWith("tmp")) {
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(
            new Old(file, attributes.fileKey(), attributes.lastModifiedTime(), number(suffix)));
      }
    } catch (NoSuchFileException e) {
      // rotated away meanwhile
    }
  }

  private static int number(String suffix) {
    try {
      return Integer.parseInt(suffix);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
