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
 * A log and what was the log before it was rotated: siblings called {@code NAME.1} (the youngest),
 * {@code NAME.2} …, as a monitor names them, or {@code NAME.} and a time, as the kubelet does.
 */
final class RotatedFiles {
  /** More digits are a time, such as 20261124. */
  private static final int MAX_DIGITS = 6;

  /**
   * A file at the time when it was looked at.
   *
   * @param path its path then
   * @param key tells it from others, whatever it is called
   * @param written when it was last written to
   * @param number after its name; 0 if that is a time
   */
  record Link(Path path, Object key, FileTime written, int number) {}

  private RotatedFiles() {}

  /**
   * Looks at them. Each is as it was at some moment of this, not all of them at the same.
   *
   * @param log the log's path
   * @return the oldest first, the log itself last unless it is not there
   */
  static List<Link> of(Path log) throws IOException {
    List<Link> files = new ArrayList<>();
    String prefix = log.getFileName() + ".";
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            log.toAbsolutePath().getParent(),
            file -> isOld(file.getFileName().toString(), prefix))) {
      for (Path sibling : siblings) {
        add(files, sibling, number(sibling.getFileName().toString().substring(prefix.length())));
      }
    }
    files.sort(byAge(files));
    add(files, log, 0);
    return files;
  }

  /** Compressed ones and such as are being made are not read. */
  private static boolean isOld(String name, String prefix) {
    return name.length() > prefix.length()
        && name.startsWith(prefix)
        && name.chars().skip(prefix.length()).allMatch(c -> (c >= '0' && c <= '9') || c == '-');
  }

  private static int number(String suffix) {
    return suffix.length() <= MAX_DIGITS && suffix.indexOf('-') < 0 ? Integer.parseInt(suffix) : 0;
  }

  private static Comparator<Link> byAge(List<Link> files) {
    Comparator<Link> byNumber = Comparator.comparingInt(Link::number).reversed();
    long numbered = files.stream().filter(file -> file.number() > 0).count();
    if (numbered == files.size()) {
      return byNumber;
    }
    // Times read as text; where somebody else rotates too, the names alone do not tell.
    return numbered == 0
        ? Comparator.comparing(Link::path)
        : Comparator.comparing(Link::written).thenComparing(byNumber);
  }

  private static void add(List<Link> files, Path file, int number) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(new Link(file, attributes.fileKey(), attributes.lastModifiedTime(), number));
      }
    } catch (NoSuchFileException e) {
      // rotated away meanwhile
    }
  }
}
