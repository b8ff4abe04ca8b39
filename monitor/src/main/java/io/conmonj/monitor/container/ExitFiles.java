package io.conmonj.monitor.container;

import io.conmonj.kernel.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the files that tell of a container's exit: the exit code in decimal, without a newline, as
 * conmon does. Whoever sees such a file sees all of it, also after a crash of the machine. Blocks
 * as long as the disk does, so not on the loop thread.
 */
final class ExitFiles {
  private static final String MODE = "rw-r--r--";
  private static final String TEMPORARY = ".tmp";

  private record Prepared(Path temporary, Path target) {}

  private ExitFiles() {}

  /**
   * Writes the code to every path. One that fails does not keep the others from being written.
   *
   * @return what failed, in words; empty when nothing did
   */
  static List<String> write(List<String> paths, int exitCode) {
    List<String> failures = new ArrayList<>();
    List<Prepared> prepared = new ArrayList<>();
    for (String path : paths) {
      try {
        prepared.add(prepare(Path.of(path), exitCode));
      } catch (IOException failed) {
        failures.add("write exit file " + path + ": " + Reason.of(failed));
      }
    }
    // Last path first: CRI-O names the directory that it watches before the one that lasts, and
    // reads the latter as soon as something appears in the former.
    for (Prepared file : prepared.reversed()) {
      try {
        Files.move(
            file.temporary,
            file.target,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException failed) {
        failures.add("rename exit file " + file.target + ": " + Reason.of(failed));
        discard(file.temporary, failures);
      }
    }
    return failures;
  }

  private static void discard(Path temporary, List<String> failures) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException failed) {
      failures.add("remove " + temporary + ": " + Reason.of(failed));
    }
  }

  private static Prepared prepare(Path target, int exitCode) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    Path temporary =
        Files.createTempFile(
            directory,
            "." + target.getFileName() + ".",
            TEMPORARY,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    ByteBuffer text =
        ByteBuffer.wrap(Integer.toString(exitCode).getBytes(StandardCharsets.US_ASCII));
    try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      while (text.hasRemaining()) {
        file.write(text);
      }
      boolean withMetadata = true;
      file.force(withMetadata);
    } catch (IOException failed) {
      Files.deleteIfExists(temporary);
      throw failed;
    }
    return new Prepared(temporary, target);
  }
}
