package io.conmonj.kernel;

/** Files without a name in any directory, which live in memory and end with their last user. */
public final class MemoryFile {
  // linux/memfd.h
  private static final int MFD_CLOEXEC = 1;

  private static final long MEMFD_CREATE = LibC.symbol("memfd_create");

  private MemoryFile() {}

  /**
   * Makes an empty one, open for reading and writing. Another process gets it as a descriptor, or
   * opens {@code /proc/self/fd/N} where it has been given one as N.
   *
   * @param label shown in /proc for whoever looks; need not be unique
   */
  public static Fd create(String label) throws KernelException {
    try (Memory name = Memory.string(label)) {
      int fd = LibC.toInt(LibC.call(MEMFD_CREATE, name.address(), MFD_CLOEXEC));
      if (fd < 0) {
        throw LibC.failure("memfd_create", label);
      }
      return Fd.adopt(fd);
    }
  }
}
