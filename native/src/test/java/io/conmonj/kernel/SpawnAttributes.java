package io.conmonj.kernel;

/**
 * For tests: the posix_spawnattr_t of a child: every signal back to its default action, none
 * blocked, and the process group that it is in.
 */
final class SpawnAttributes implements AutoCloseable {
  /** glibc's posix_spawnattr_t takes 336 bytes on 64-bit machines; the rest is margin. */
  private static final int ATTRIBUTES_BYTES = 512;

  private static final long ALL_SIGNALS = -1L;

  // spawn.h of glibc
  private static final int POSIX_SPAWN_SETPGROUP = 0x02;
  private static final int POSIX_SPAWN_SETSIGDEF = 0x04;
  private static final int POSIX_SPAWN_SETSIGMASK = 0x08;

  private static final long INIT = LibC.symbol("posix_spawnattr_init");
  private static final long DESTROY = LibC.symbol("posix_spawnattr_destroy");
  private static final long SET_FLAGS = LibC.symbol("posix_spawnattr_setflags");
  private static final long SET_PGROUP = LibC.symbol("posix_spawnattr_setpgroup");
  private static final long SET_SIGDEFAULT = LibC.symbol("posix_spawnattr_setsigdefault");
  private static final long SET_SIGMASK = LibC.symbol("posix_spawnattr_setsigmask");

  private final Memory attributes = Memory.allocate(ATTRIBUTES_BYTES);

  /**
   * @param ownGroup whether the child leads a process group of its own, instead of being in its
   *     parent's
   */
  SpawnAttributes(boolean ownGroup) {
    LibC.call(INIT, attributes.address());
    try (Memory signals = Memory.allocate(SignalSet.SIGSET_BYTES)) {
      LibC.call(SET_SIGMASK, attributes.address(), signals.address());
      signals.putLong(0, ALL_SIGNALS);
      LibC.call(SET_SIGDEFAULT, attributes.address(), signals.address());
    }
    int sameAsItsPid = 0;
    LibC.call(SET_PGROUP, attributes.address(), sameAsItsPid);
    LibC.call(SET_FLAGS, attributes.address(), flags(ownGroup));
  }

  private static int flags(boolean ownGroup) {
    int signals = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    return ownGroup ? signals | POSIX_SPAWN_SETPGROUP : signals;
  }

  long address() {
    return attributes.address();
  }

  @Override
  public void close() {
    LibC.call(DESTROY, attributes.address());
    attributes.close();
  }
}
