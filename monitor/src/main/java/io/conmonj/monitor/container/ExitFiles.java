package io.conmonj.monitor.container;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that tell of one container's exit: the exit code in decimal, without a newline, and if
 * it was for lack of memory also files that are empty, as conmon does. Whoever sees such a file
 * sees all of it, also after a crash of the machine. All of them are written before the first is
 * put in its place, and those are put there one by one, the empty ones first and then the last path
 * first: CRI-O names the directory that it watches before the one that lasts, and reads the latter,
 * and whether there is an empty one, as soon as something appears in the former.
 *
 * <p>Blocks as long as the disk does, so not on the loop thread. One thread at a time.
 */
final class ExitFiles {
  private static final int MODE = 0644;

  private static final byte[] NOTHING = {};

  /** Put in place from the last to the first. */
  private final List<ExitFile> files = new ArrayList<>();

  /** One path, and how far it is. */
  private static final class ExitFile {
    private final String path;
    private final byte[] content;
    private StagedFile staged;
    private boolean homeless;
    private boolean over;

    ExitFile(String path, byte[] content) {
      this.path = path;
      this.content = content;
    }
  }

  /**
   * What came of an attempt.
   *
   * @param failures in words; empty when there were none
   * @param over whether nothing is left to be tried again
   */
  record Attempt(List<String> failures, boolean over) {}

  /**
   * @param paths absolute, of those with the code
   * @param oomPaths absolute, of those that are empty
   */
  ExitFiles(List<String> paths, int exitCode, List<String> oomPaths) {
    byte[] code = Integer.toString(exitCode).getBytes(StandardCharsets.US_ASCII);
    for (String path : paths) {
      files.add(new ExitFile(path, code));
    }
    for (String path : oomPaths) {
      files.add(new ExitFile(path, NOTHING));
    }
  }

  /**
   * Looks whether there could be an exit file, so that whoever asks for one that cannot be is told
   * when the container is made and not when it has ended.
   *
   * @throws IOException names the path and what is wrong with it
   */
  static void check(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    try {
      if (name.isEmpty() || ".".equals(name) || "..".equals(name) || isDirectory(path)) {
        throw new IOException("exit path " + path + ": it is a directory");
      }
      // The directory may be reached by a link.
      FileStatus.of(path.substring(0, slash + 1) + ".");
    } catch (KernelException wrong) {
      if (isHomeless(wrong) || isForGood(wrong)) {
        throw new IOException("exit path " + path + ": " + Errno.describe(wrong.errno()), wrong);
      }
    }
  }

  private static boolean isDirectory(String path) throws KernelException {
    try {
      return FileStatus.of(path).isDirectory();
    } catch (KernelException absent) {
      if (absent.errno() == Errno.ENOENT) {
        return false;
      }
      throw absent;
    }
  }

  /**
   * Writes what is not written yet. A path that cannot be written does not keep the others from
   * being written, nor does one whose directory is not there, which may be there again later; one
   * for which there is no room now does, as long as it may be tried again.
   *
   * @param last whether it will not be tried again
   */
  Attempt attempt(boolean last) {
    List<String> failures = new ArrayList<>();
    boolean all = true;
    for (ExitFile file : files) {
      all &= stage(file, failures);
    }
    if (all || last) {
      all = putInPlace(last, failures);
    }
    if (last) {
      discard();
    }
    return new Attempt(failures, last || (all && left().isEmpty()));
  }

  /** The paths of those that may still be written. */
  Set<String> left() {
    Set<String> paths = new HashSet<>();
    for (ExitFile file : files) {
      if (!file.over) {
        paths.add(file.path);
      }
    }
    return paths;
  }

  /** Whether all that is left lacks nothing but the directory that it belongs into. */
  boolean isHomeless() {
    for (ExitFile file : files) {
      if (!file.over && !file.homeless) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing is left to be written here, or that need not be waited for. */
  private boolean stage(ExitFile file, List<String> failures) {
    if (file.over || file.staged != null) {
      return true;
    }
    try {
      file.staged = StagedFile.write(file.path, MODE, file.content);
      file.homeless = false;
      return true;
    } catch (KernelException failed) {
      failures.add("write exit file " + file.path + ": " + Errno.describe(failed.errno()));
      file.homeless = isHomeless(failed);
      file.over = isForGood(failed);
      return file.over || file.homeless;
    }
  }

  private boolean putInPlace(boolean last, List<String> failures) {
    for (ExitFile file : files.reversed()) {
      if (!file.over && file.staged != null && !putInPlace(file, failures) && !last) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing is left to be done here, or that need not be waited for. */
  private static boolean putInPlace(ExitFile file, List<String> failures) {
    try {
      file.staged.putInPlace();
      file.over = true;
    } catch (KernelException failed) {
      failures.add("rename exit file " + file.path + ": " + Errno.describe(failed.errno()));
      file.homeless = isHomeless(failed);
      file.over = isForGood(failed);
      if (file.over) {
        file.staged.discard();
      } else if (file.homeless) {
        file.staged = null; // It has gone with its directory.
      }
    }
    return file.over || file.homeless;
  }

  /** Gives up the files that have not got their names yet, and removes what was written of them. */
  void discard() {
    for (ExitFile file : files) {
      if (!file.over && file.staged != null) {
        file.staged.discard();
      }
      file.over = true;
    }
  }

  private static boolean isHomeless(KernelException failed) {
    return failed.errno() == Errno.ENOENT;
  }

  /** Whether it makes no sense to try again: anything else, such as a full disk, may pass. */
  private static boolean isForGood(KernelException failed) {
    return switch (failed.errno()) {
      case Errno.ENOTDIR,
          Errno.EISDIR,
          Errno.ENAMETOOLONG,
          Errno.ELOOP,
          Errno.EACCES,
          Errno.EPERM,
          Errno.EINVAL,
          Errno.EXDEV,
          Errno.EEXIST ->
          true;
      default -> false;
    };
  }
}
