package io.conmonj.kernel;

/**
 * What a file is, by statx(2), whose structure is the same on all machines.
 *
 * @param links how many names it has; 0 when it is only held open
 * @param mode type and permission bits
 * @param owner user id of who owns it
 * @param major major number of the device it stands for, when it is one
 * @param minor minor number of the device it stands for, when it is one
 * @param place the file system it is on, as a number that no other has at the same time
 * @param inode its number there
 */
public record FileStatus(
    int links, int mode, int owner, int major, int minor, long place, long inode) {
  // linux/stat.h: struct statx
  private static final int STATX_BYTES = 256;
  private static final int STX_NLINK = 0x10;
  private static final int STX_UID = 0x14;
  private static final int STX_MODE = 0x1c;
  private static final int STX_INO = 0x20;
  private static final int STX_RDEV_MAJOR = 0x80;
  private static final int STX_RDEV_MINOR = 0x84;
  private static final int STX_DEV_MAJOR = 0x88;
  private static final int STX_DEV_MINOR = 0x8c;

  private static final int STATX_TYPE = 0x1;
  private static final int STATX_MODE = 0x2;
  private static final int STATX_NLINK = 0x4;
  private static final int STATX_UID = 0x8;
  private static final int STATX_INO = 0x100;

  // linux/fcntl.h
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;

  // linux/stat.h
  private static final int S_IFMT = 0xf000;
  private static final int S_IFIFO = 0x1000;
  private static final int S_IFCHR = 0x2000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFBLK = 0x6000;
  private static final int S_IFREG = 0x8000;
  private static final int S_IFLNK = 0xa000;
  private static final int S_IFSOCK = 0xc000;
  private static final int OTHERS_WRITE = 0022;

  private static final long STATX = LibC.symbol("statx");

  /** Of a file of which is known only which one it is: good to compare with others. */
  public static FileStatus identity(long place, long inode) {
    return new FileStatus(0, 0, 0, 0, 0, place, inode);
  }

  /**
   * Of an open descriptor.
   *
   * @throws KernelException when the kernel refuses
   */
  public static FileStatus of(Fd fd) throws KernelException {
    return of(fd.number(), "", AT_EMPTY_PATH, fd.toString());
  }

  /**
   * Of a name; of a symbolic link itself, not of what it leads to.
   *
   * @throws KernelException ENOENT when there is nothing of that name
   */
  public static FileStatus of(String path) throws KernelException {
    return of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, path);
  }

  private static FileStatus of(int directory, String path, int flags, String subject)
      throws KernelException {
    try (Memory name = Memory.string(path);
        Memory status = Memory.allocate(STATX_BYTES)) {
      long result =
          LibC.call(
              STATX,
              directory,
              name.address(),
              flags,
              STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_INO,
              status.address());
      if (LibC.toInt(result) < 0) {
        throw LibC.failure("statx", subject);
      }
      long place =
          (long) status.getInt(STX_DEV_MAJOR) << Integer.SIZE
              | Integer.toUnsignedLong(status.getInt(STX_DEV_MINOR));
      return new FileStatus(
          status.getInt(STX_NLINK),
          Short.toUnsignedInt(status.getShort(STX_MODE)),
          status.getInt(STX_UID),
          status.getInt(STX_RDEV_MAJOR),
          status.getInt(STX_RDEV_MINOR),
          place,
          status.getLong(STX_INO));
    }
  }

  /** Whether its group or everybody may write to it. */
  public boolean writableByOthers() {
    return (mode & OTHERS_WRITE) != 0;
  }

  /** Whether it is this character device. */
  boolean isDevice(int wantedMajor, int wantedMinor) {
    return type() == S_IFCHR && major == wantedMajor && minor == wantedMinor;
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return type() == S_IFDIR;
  }

  /** Whether it is a file of bytes on a file system. */
  boolean isRegular() {
    return type() == S_IFREG;
  }

  /** Whether it is a unix socket's file, listened on or not. */
  public boolean isSocket() {
    return type() == S_IFSOCK;
  }

  /** Whether both are one and the same file, by whatever name. */
  public boolean isSameFileAs(FileStatus other) {
    return place == other.place && inode == other.inode;
  }

  /** What it is, in a few words, such as {@code a FIFO}. */
  public String kind() {
    return switch (type()) {
      case S_IFREG -> "a regular file";
      case S_IFDIR -> "a directory";
      case S_IFLNK -> "a symbolic link";
      case S_IFIFO -> "a FIFO";
      case S_IFSOCK -> "a socket";
      case S_IFCHR, S_IFBLK -> "a device";
      default -> "of an unknown kind";
    };
  }

  private int type() {
    return mode & S_IFMT;
  }
}
