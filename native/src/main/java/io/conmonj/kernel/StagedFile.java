package io.conmonj.kernel;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small file that is written beside its place first and put there as a whole, so that whoever
 * sees it sees all of it, also after a crash of the machine. Calls block as long as the disk does.
 * One thread at a time.
 */
public final class StagedFile {
  /**
   * Of the names beside the place that are tried: one left by a process that was killed is rare.
   */
  private static final int NAMES = 100;

  private static final String PREFIX = ".conmonj-";
  private static final String SUFFIX = ".tmp";

  private static final AtomicLong COUNT = new AtomicLong();

  private static final long FSYNC = LibC.symbol("fsync");
  private static final long RENAME = LibC.symbol("rename");

  private final String target;
  private final String temporary;

  private StagedFile(String target, String temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Writes the content under a name of its own in the directory of the place. After a failure
   * nothing is left of it.
   *
   * @param target absolute path of the place, which may be taken already
   * @param mode permission bits, less the umask
   */
  public static StagedFile write(String target, int mode, byte[] content) throws KernelException {
    // A name made from the target's would be too long for a file system where that just fits.
    String directory = target.substring(0, target.lastIndexOf('/') + 1);
    for (int i = 1; ; i++) {
      String temporary =
          directory + PREFIX + ThisProcess.pid() + '-' + COUNT.incrementAndGet() + SUFFIX;
      try (Fd file = OpenFile.createNew(temporary, mode)) {
        writeAndSync(file, temporary, content);
        return new StagedFile(target, temporary);
      } catch (KernelException failed) {
        if (failed.errno() != Errno.EEXIST || i == NAMES) {
          throw failed;
        }
      }
    }
  }

  /**
   * Removes what processes that are no more were about to put in its place when they died. What
   * cannot be looked at or removed stays.
   *
   * @param directory absolute
   */
  public static void removeAbandoned(String directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory))) {
      for (Path each : files) {
        if (isAbandoned(each.getFileName().toString())) {
          removeQuietly(each.toString());
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // Who needs the directory will say so.
    }
  }

  private static boolean isAbandoned(String name) {
    int end = name.indexOf('-', PREFIX.length());
    return name.startsWith(PREFIX)
        && name.endsWith(SUFFIX)
        && isNumber(name, PREFIX.length(), end)
        && isNumber(name, end + 1, name.length() - SUFFIX.length())
        && !Files.exists(Path.of("/proc", name.substring(PREFIX.length(), end)));
  }

  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }

  private static void writeAndSync(Fd file, String temporary, byte[] content)
      throws KernelException {
    try {
      int written = 0;
      while (written < content.length) {
        written += Io.write(file, Arrays.copyOfRange(content, written, content.length));
      }
      int unused = 0;
      if (LibC.retry(FSYNC, file.number(), unused) < 0) {
        throw LibC.failure("fsync", temporary);
      }
    } catch (KernelException failed) {
      removeQuietly(temporary);
      throw failed;
    }
  }

  /** Puts it in its place, instead of what may be there. After a failure it can be tried again. */
  public void putInPlace() throws KernelException {
    try (Memory from = Memory.string(temporary);
        Memory to = Memory.string(target)) {
      if (LibC.retry(RENAME, from.address(), to.address()) < 0) {
        throw LibC.failure("rename", temporary);
      }
    }
  }

  /** Removes it, if it has not been put in its place. */
  public void discard() {
    removeQuietly(temporary);
  }

  private static void removeQuietly(String temporary) {
    try {
      OpenFile.remove(temporary);
    } catch (KernelException gone) {
      // It is gone already, or its disk is: nothing more can be done about it.
    }
  }
}
