package io.conmonj.kernel;

/** What kind of file system a path is on (statfs(2)). */
public final class FileSystem {
  // linux/magic.h
  private static final long CGROUP2_SUPER_MAGIC = 0x63677270L;

  // struct statfs of asm-generic/statfs.h, which both machines use; f_type is its first word
  private static final int STATFS_BYTES = 120;
  private static final int F_TYPE = 0;

  private static final long STATFS = LibC.symbol("statfs");

  private FileSystem() {}

  /** The file system's magic number. */
  public static long type(String path) throws KernelException {
    try (Memory name = Memory.string(path);
        Memory answer = Memory.allocate(STATFS_BYTES)) {
      if (LibC.retry(STATFS, name.address(), answer.address()) < 0) {
        throw LibC.failure("statfs", path);
      }
      return answer.getLong(F_TYPE);
    }
  }

  /** Whether the path is in the unified cgroup hierarchy (version 2). */
  public static boolean isCgroup2(String path) throws KernelException {
    return type(path) == CGROUP2_SUPER_MAGIC;
  }
}
