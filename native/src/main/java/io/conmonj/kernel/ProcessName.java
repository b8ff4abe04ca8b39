package io.conmonj.kernel;

import java.nio.charset.StandardCharsets;

/** The short name of this process that ps and the journal show (proc_pid_comm(5)). */
public final class ProcessName {
  /** TASK_COMM_LEN of linux/sched.h, less the NUL; the kernel cuts what is longer. */
  public static final int MAX_BYTES = 15;

  /** Of the process, not of the thread that happens to call. */
  private static final String FILE = "/proc/self/comm";

  private ProcessName() {}

  /**
   * Sets the name.
   *
   * @throws IllegalArgumentException when it is empty or longer than {@link #MAX_BYTES} in UTF-8
   */
  public static void set(String name) throws KernelException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("name this process " + name + ": not 1 to 15 bytes");
    }
    try (Fd file = OpenFile.forWriting(FILE)) {
      Io.write(file, bytes);
    }
  }

  /** The name now. */
  public static String get() throws KernelException {
    byte[] line = new byte[MAX_BYTES + 1];
    try (Fd file = OpenFile.forReading(FILE)) {
      int length = Io.read(file, line);
      return new String(line, 0, length - 1, StandardCharsets.UTF_8);
    }
  }
}
