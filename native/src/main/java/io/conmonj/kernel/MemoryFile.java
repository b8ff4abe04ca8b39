package io.conmonj.kernel;

/** Files without a name in any directory, which live in memory and end with their last user. */
public final class MemoryFile {
  // linux/memfd.h
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;

  // linux/fcntl.h: F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE
  private static final int F_ADD_SEALS = 1033;
  private static final int ALL_SEALS = 1 | 2 | 4 | 8;

  private static final long MEMFD_CREATE = LibC.symbol("memfd_create");

  private MemoryFile() {}

  /**
   * Makes an empty one, open for reading and writing. Another process gets it as a descriptor, or
   * opens {@code /proc/self/fd/N} where it has been given one as N.
   *
   * @param label shown in /proc for whoever looks; need not be unique
   */
  public static Fd create(String label) throws KernelException {
    return create(label, MFD_CLOEXEC);
  }

  /** The same, to be {@linkplain #seal sealed} once it is written. */
  public static Fd createSealable(String label) throws KernelException {
    return create(label, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  }

  /** From here on nobody changes it any more, which who gets it may insist on. */
  public static void seal(Fd file) throws KernelException {
    Fcntl.fcntl(file.number(), F_ADD_SEALS, ALL_SEALS);
  }

  private static Fd create(String label, int flags) throws KernelException {
    try (Memory name = Memory.string(label)) {
      int fd = LibC.toInt(LibC.call(MEMFD_CREATE, name.address(), flags));
      if (fd < 0) {
        throw LibC.failure("memfd_create", label);
      }
      return Fd.adopt(fd);
    }
  }
}
