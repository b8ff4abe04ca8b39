package io.conmonj.kernel;

import java.util.Optional;

/**
 * A handle on one process that stays that process's even when its number is given out anew. Its
 * descriptor becomes readable when the process has ended. Any thread.
 */
public final class PidFd implements AutoCloseable {
  // asm-generic/unistd.h; a system call since Linux 5.1 has one number on all machines. Called by
  // number because glibc has functions for them from 2.36 only.
  private static final int SYS_PIDFD_OPEN = 434;

  private static final int SYS_PIDFD_SEND_SIGNAL = 424;

  /** Is sent to nobody, only whether it could be is checked. */
  private static final int NO_SIGNAL = 0;

  private static final int NO_FLAGS = 0;
  private static final long DEFAULT_INFO = 0;

  // linux/pidfd.h: the first size of struct pidfd_info, which every later kernel takes as well.
  private static final int INFO_BYTES = 64;

  private static final long PIDFD_GET_INFO = 0xc000ff0bL | (long) INFO_BYTES << 16;
  private static final long PIDFD_INFO_EXIT = 1 << 3;
  private static final int INFO_MASK = 0;
  private static final int INFO_EXIT_CODE = 60;

  // wait(2): the lowest bits are a signal, the one above them is a core dump, then comes a code.
  private static final int SIGNAL_BITS = 0x7f;
  private static final int CORE_DUMPED = 0x80;
  private static final int CODE_SHIFT = 8;
  private static final int CODE_BITS = 0xff;

  private static final long SYSCALL = LibC.symbol("syscall");
  private static final long IOCTL = LibC.symbol("ioctl");

  private final int pid;
  private final Fd fd;

  private PidFd(int pid, Fd fd) {
    this.pid = pid;
    this.fd = fd;
  }

  /**
   * Opens a handle. For a child that nobody has reaped this cannot meet another process; for others
   * the caller must know why the number is still theirs.
   *
   * @throws KernelException ESRCH when there is no such process, EINVAL when it is a thread
   */
  public static PidFd open(int pid) throws KernelException {
    int fd = LibC.toInt(LibC.call(SYSCALL, SYS_PIDFD_OPEN, pid, 0));
    if (fd < 0) {
      throw LibC.failure("pidfd_open", "pid " + pid);
    }
    return new PidFd(pid, Fd.adopt(fd));
  }

  /**
   * Takes over a handle that was opened before, by another process perhaps.
   *
   * @param pid the process's number when it was opened
   * @param fd belongs to this object from here on
   */
  public static PidFd adopt(int pid, Fd fd) {
    return new PidFd(pid, fd);
  }

  /** The descriptor to be watched for reading; owned by this object. */
  public Fd fd() {
    return fd;
  }

  /**
   * Whether the process still has its number: it runs, or has ended and nobody has reaped it.
   *
   * @throws KernelException EPERM when it may not be signalled
   */
  public boolean hasNumber() throws KernelException {
    return signal(NO_SIGNAL);
  }

  /**
   * Sends a signal to the process, and to no other.
   *
   * @param signal one of {@link Signal}
   * @return false when it has ended and was reaped
   * @throws KernelException EPERM when it may not be signalled
   */
  public boolean signal(int signal) throws KernelException {
    long answer =
        LibC.call(SYSCALL, SYS_PIDFD_SEND_SIGNAL, fd.number(), signal, DEFAULT_INFO, NO_FLAGS);
    if (LibC.toInt(answer) == 0) {
      return true;
    }
    if (LibC.errno() == Errno.ESRCH) {
      return false;
    }
    throw LibC.failure("pidfd_send_signal", "pid " + pid);
  }

  /**
   * How the process ended, whoever has reaped it.
   *
   * @return empty while nobody has reaped it, and where the kernel does not tell, which Linux does
   *     from 6.15 on
   */
  public Optional<ExitStatus> exitStatus() {
    try (Memory info = Memory.allocate(INFO_BYTES)) {
      info.putLong(INFO_MASK, PIDFD_INFO_EXIT);
      info.putInt(INFO_EXIT_CODE, 0);
      boolean told = LibC.retry(IOCTL, fd.number(), PIDFD_GET_INFO, info.address()) == 0;
      return told && (info.getLong(INFO_MASK) & PIDFD_INFO_EXIT) != 0
          ? Optional.of(status(info.getInt(INFO_EXIT_CODE)))
          : Optional.empty();
    }
  }

  private static ExitStatus status(int wait) {
    int signal = wait & SIGNAL_BITS;
    return signal == 0
        ? new ExitStatus.Exited(wait >> CODE_SHIFT & CODE_BITS)
        : new ExitStatus.Killed(signal, (wait & CORE_DUMPED) != 0);
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "pidfd of " + pid;
  }
}
