package io.conmonj.monitor.upgrade;

import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.ThisProcess;
import java.nio.file.Path;

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
      if (status.owner() != ROOT && status.owner() != ThisProcess.effectiveUser()) {
        throw new UpgradeException(each + " belongs to another user, " + status.owner());
      }
      boolean keepsFiles = !each.equals(path) && (status.mode() & STICKY) != 0;
      if (status.writableByOthers() && !keepsFiles) {
        throw new UpgradeException(each + " is writable by others");
      }
      if (each.getParent() != null) {
        status = look(each.getParent());
      }
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

  private static FileStatus look(Path path) throws UpgradeException {
    try {
      return FileStatus.of(path.toString());
    } catch (KernelException refused) {
      throw new UpgradeException(path + ": " + Reason.of(refused), refused);
    }
  }
}
