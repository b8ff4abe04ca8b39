package io.conmonj.kernel;

import java.nio.charset.StandardCharsets;

/**
 * This process's oom_score_adj (proc(5)): how readily the kernel kills it when memory runs out,
 * from -1000 (never) to 1000. The value belongs to the whole process and is inherited by its
 * children.
 */
public final class OomScore {
  /** The process is never chosen. */
  public static final int NEVER = -1000;

  /** The process is chosen first. */
  public static final int FIRST = 1000;

  private static final String FILE = "/proc/self/oom_score_adj";
  private static final int LONGEST = "-1000\n".length();

  private OomScore() {}

  /** The value now. */
  public static int read() throws KernelException {
    byte[] text = new byte[LONGEST];
    int length;
    try (Fd file = OpenFile.forReading(FILE)) {
      length = Io.read(file, text);
    }
    return Integer.parseInt(new String(text, 0, length, StandardCharsets.US_ASCII).trim());
  }

  /**
   * Sets the value, if the kernel lets us: going below what the process was started with needs
   * CAP_SYS_RESOURCE.
   *
   * @return false when it was refused for lack of privilege; the value is then as before
   * @throws KernelException for every other failure
   * @throws IllegalArgumentException when the score is outside -1000…1000
   */
  public static boolean tryWrite(int score) throws KernelException {
    if (score < NEVER || score > FIRST) {
      throw new IllegalArgumentException("set oom_score_adj to " + score + ": outside -1000…1000");
    }
    try (Fd file = OpenFile.forWriting(FILE)) {
      Io.write(file, Integer.toString(score).getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (KernelException e) {
      if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
        return false;
      }
      throw e;
    }
  }
}
