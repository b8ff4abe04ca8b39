package io.conmonj.kernel;

/**
 * What an open descriptor is, by statx(2), whose structure is the same on all machines.
 *
 * @param mode type and permission bits
 * @param owner user id of who owns it
 * @param major number of the device it stands for, when it is one
 * @param minor likewise
 */
public record FileStatus(int mode, int owner, int major, int minor) {
  // linux/stat.h: struct statx
  private static final int STATX_BYTES = 256;
  private static final int STX_UID = 0x14;
  private static final int STX_MODE = 0x1c;
  private static final int STX_RDEV_MAJOR = 0x80;
  private static final int STX_RDEV_MINOR = 0x84;

  private static final int STATX_TYPE_MODE_AND_UID = 0xb;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int S_IFMT = 0xf000;
  private static final int S_IFCHR = 0x2000;
  private static final int OTHERS_WRITE = 0022;

  private static final long STATX = LibC.symbol("statx");

  /**
   * Looks at it.
   *
   * @throws KernelException when the kernel refuses
   */
  public static FileStatus of(Fd fd) throws KernelException {
    try (Memory itself = Memory.string("");
        Memory status = Memory.allocate(STATX_BYTES)) {
      long result =
          LibC.call(
              STATX,
              fd.number(),
              itself.address(),
              AT_EMPTY_PATH,
              STATX_TYPE_MODE_AND_UID,
              status.address());
      if (LibC.toInt(result) < 0) {
        throw LibC.failure("statx", fd.toString());
      }
      return new FileStatus(
          Short.toUnsignedInt(status.getShort(STX_MODE)),
          status.getInt(STX_UID),
          status.getInt(STX_RDEV_MAJOR),
          status.getInt(STX_RDEV_MINOR));
    }
  }

  /** Whether its group or everybody may write to it. */
  public boolean writableByOthers() {
    return (mode & OTHERS_WRITE) != 0;
  }

  /** Whether it is this character device. */
  boolean isDevice(int wantedMajor, int wantedMinor) {
    return (mode & S_IFMT) == S_IFCHR && major == wantedMajor && minor == wantedMinor;
  }
}
