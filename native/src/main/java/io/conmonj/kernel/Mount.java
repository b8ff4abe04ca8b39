package io.conmonj.kernel;

/**
 * Bind mounts in this process's mount namespace; needs CAP_SYS_ADMIN. May block for as long as a
 * file system does, so not for the event loop.
 */
public final class Mount {
  // linux/mount.h
  private static final long MS_BIND = 0x1000;
  private static final int MNT_DETACH = 0x2;
  private static final int UMOUNT_NOFOLLOW = 0x8;

  private static final long MOUNT = LibC.symbol("mount");
  private static final long UMOUNT2 = LibC.symbol("umount2");

  private Mount() {}

  /**
   * Makes what is at {@code source} visible at {@code target} as well: a file over a file or a
   * directory over a directory, without what is mounted below it.
   */
  public static void bind(String source, String target) throws KernelException {
    try (Memory from = Memory.string(source);
        Memory to = Memory.string(target)) {
      long noType = 0;
      long noData = 0;
      long result = LibC.call(MOUNT, from.address(), to.address(), noType, MS_BIND, noData);
      if (LibC.toInt(result) < 0) {
        throw LibC.failure("bind mount", source + " on " + target);
      }
    }
  }

  /**
   * Takes the topmost mount at {@code target} away, at once for all who come later even when it is
   * still in use; a symbolic link there is not followed.
   *
   * @throws KernelException EINVAL when nothing is mounted there
   */
  public static void detach(String target) throws KernelException {
    try (Memory at = Memory.string(target)) {
      if (LibC.toInt(LibC.call(UMOUNT2, at.address(), MNT_DETACH | UMOUNT_NOFOLLOW)) < 0) {
        throw LibC.failure("umount", target);
      }
    }
  }
}
