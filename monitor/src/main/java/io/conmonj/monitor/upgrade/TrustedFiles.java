package io.conmonj.monitor.upgrade;

import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.ThisProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Files that nobody can change but root and the monitor's own user, who could do anything to it
 * anyway. Waits for the disk.
 */
final class TrustedFiles {
  /** stat(2): in such a directory, a file is renamed and removed by its owner alone. */
  private static final int STICKY = 01000;

  private static final int EXECUTABLE = 0100;
  private static final int ROOT = 0;

  private TrustedFiles() {}

  /**
   * Looks at a file and at all directories above it.
   *
   * @param path absolute and without symbolic links
   * @throws UpgradeException naming what is missing, or can be changed by others
   */
  static void check(Path path) throws UpgradeException {
    FileStatus status = look(path);
    for (Path each = path; each != null; each = each.getParent()) {
      boolean keepsFiles = !each.equals(path) && (status.mode() & STICKY) != 0;
      checkOwner(each, status);
      if (!keepsFiles) {
        checkMode(each, status);
      }
      if (each.getParent() != null) {
        status = look(each.getParent());
      }
    }
  }

  /**
   * Looks at all that is in a directory, wherever symbolic links in it lead: what a program loads
   * can do what the program can.
   *
   * @param directory absolute and without symbolic links
   * @throws UpgradeException naming what can be changed by others, or cannot be found
   */
  static void checkAllIn(Path directory) throws UpgradeException {
    check(directory);
    checkAllIn(directory, new HashSet<>());
  }

  /**
   * The same, where the directory itself has been looked at.
   *
   * @param seen directories that need not be looked into again: links may lead in a circle
   */
  private static void checkAllIn(Path directory, Set<Path> seen) throws UpgradeException {
    if (!seen.add(directory)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path each : all) {
        Path file = Files.isSymbolicLink(each) ? real(each) : each;
        if (file.equals(each)) {
          checkAlone(file, look(file));
        } else {
          check(file);
        }
        if (Files.isDirectory(file)) {
          checkAllIn(file, seen);
        }
      }
    } catch (IOException unreadable) {
      throw unreadable instanceof UpgradeException ours
          ? ours
          : new UpgradeException(directory + ": " + Reason.of(unreadable), unreadable);
    }
  }

  /**
   * Where a path leads.
   *
   * @throws UpgradeException naming it when it leads nowhere
   */
  static Path real(Path path) throws UpgradeException {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      throw new UpgradeException(path + ": " + Reason.of(missing), missing);
    }
  }

  /**
   * As {@link #check}, of a program.
   *
   * @throws UpgradeException also when its owner may not execute it
   */
  static void checkProgram(Path path) throws UpgradeException {
    check(path);
    if ((look(path).mode() & EXECUTABLE) == 0) {
      throw new UpgradeException(path + " is not executable");
    }
  }

  private static void checkAlone(Path path, FileStatus status) throws UpgradeException {
    checkOwner(path, status);
    checkMode(path, status);
  }

  private static void checkOwner(Path path, FileStatus status) throws UpgradeException {
    if (status.owner() != ROOT && status.owner() != ThisProcess.effectiveUser()) {
      throw new UpgradeException(path + " belongs to another user, " + status.owner());
    }
  }

  private static void checkMode(Path path, FileStatus status) throws UpgradeException {
    if (status.writableByOthers()) {
      throw new UpgradeException(path + " is writable by others");
    }
  }

  private static FileStatus look(Path path) throws UpgradeException {
    try {
      return FileStatus.of(path.toString());
    } catch (KernelException refused) {
      throw new UpgradeException(path + ": " + Reason.of(refused), refused);
    }
  }
}
