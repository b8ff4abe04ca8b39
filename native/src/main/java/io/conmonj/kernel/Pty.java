package io.conmonj.kernel;

/**
 * The master side of a pseudo-terminal. Holds its descriptor and closes it; closing hangs up the
 * processes that have the terminal as theirs.
 */
public final class Pty implements AutoCloseable {
  // asm-generic/ioctls.h
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;

  // struct termios of asm-generic/termbits.h: four 32-bit flag words, then control characters
  private static final int TERMIOS_BYTES = 64;
  private static final int C_OFLAG = 4;
  private static final int ONLCR = 0x4;

  // struct winsize of asm-generic/termios.h: rows, columns and two sizes in pixels, 16 bits each
  private static final int WINSIZE_BYTES = 8;
  private static final int WS_ROW = 0;
  private static final int WS_COL = 2;

  // Documentation/admin-guide/devices.txt of Linux: 5 char, 2 = /dev/ptmx
  private static final int PTMX_MAJOR = 5;
  private static final int PTMX_MINOR = 2;

  private static final int INT_BYTES = 4;

  private static final long IOCTL = LibC.symbol("ioctl");

  private final Fd master;

  private Pty(Fd master) {
    this.master = master;
  }

  /**
   * Takes over a descriptor that came from elsewhere, after making sure that it is the master of a
   * pseudo-terminal and nothing that only looks like one (compare CVE-2025-31133 and
   * CVE-2025-52565): it must be the character device 5:2 and answer as a master does. On refusal
   * the descriptor is closed.
   *
   * @throws KernelException ENOTTY when it is anything else
   */
  public static Pty adopt(Fd fd) throws KernelException {
    Pty pty = new Pty(fd);
    try {
      if (!FileStatus.of(fd).isDevice(PTMX_MAJOR, PTMX_MINOR)) {
        throw new KernelException(Errno.ENOTTY, "adopt", "a descriptor as terminal");
      }
      pty.number();
      return pty;
    } catch (KernelException e) {
      pty.close();
      throw e;
    }
  }

  /** Makes a new pseudo-terminal, whose slave can be opened; does not become our terminal. */
  public static Pty open() throws KernelException {
    Pty pty = new Pty(OpenFile.forReadingAndWriting("/dev/ptmx"));
    try (Memory unlocked = Memory.allocate(INT_BYTES)) {
      ioctl(pty.master, TIOCSPTLCK, unlocked.address(), "unlock");
      return pty;
    } catch (KernelException e) {
      pty.close();
      throw e;
    }
  }

  /** The master's descriptor; owned by this object. */
  public Fd master() {
    return master;
  }

  /** The N of the slave's name /dev/pts/N, in the devpts instance it was made in. */
  public int number() throws KernelException {
    try (Memory number = Memory.allocate(INT_BYTES)) {
      ioctl(master, TIOCGPTN, number.address(), "number");
      return number.getInt(0);
    }
  }

  /** Has the terminal put a carriage return before each newline it is given to show (ONLCR). */
  public void translateNewlines() throws KernelException {
    try (Memory termios = Memory.allocate(TERMIOS_BYTES)) {
      ioctl(master, TCGETS, termios.address(), "get modes of");
      termios.putInt(C_OFLAG, termios.getInt(C_OFLAG) | ONLCR);
      ioctl(master, TCSETS, termios.address(), "set modes of");
    }
  }

  /** Sets the size; when it changes, the terminal's foreground processes get SIGWINCH. */
  public void resize(WindowSize to) throws KernelException {
    try (Memory size = Memory.allocate(WINSIZE_BYTES)) {
      size.putShort(WS_ROW, (short) to.rows());
      size.putShort(WS_COL, (short) to.columns());
      ioctl(master, TIOCSWINSZ, size.address(), "set size of");
    }
  }

  private static int ioctl(Fd fd, long request, long argument, String verb) throws KernelException {
    int result = LibC.retry(IOCTL, fd.number(), request, argument);
    if (result < 0) {
      throw LibC.failure("ioctl", "(" + verb + " terminal)");
    }
    return result;
  }

  @Override
  public void close() {
    master.close();
  }
}
