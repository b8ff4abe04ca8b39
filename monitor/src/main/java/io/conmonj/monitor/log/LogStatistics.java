package io.conmonj.monitor.log;

/**
 * Counts of one log driver since it was opened.
 *
 * @param bytesWritten bytes given to the kernel, the driver's own framing included
 * @param writeErrors failed attempts to write, reopen or rotate; each retry that fails counts
 * @param rotations how often the size limit made the driver start a new file
 * @param bytesLost container bytes that were given up at {@link LogDriver#close}, or came after it
 */
public record LogStatistics(long bytesWritten, long writeErrors, long rotations, long bytesLost) {

  /** Nothing happened. */
  public static final LogStatistics ZERO = new LogStatistics(0, 0, 0, 0);

  /** The sums of two logs. */
  public LogStatistics plus(LogStatistics other) {
    return new LogStatistics(
        bytesWritten + other.bytesWritten,
        writeErrors + other.writeErrors,
        rotations + other.rotations,
        bytesLost + other.bytesLost);
  }
}
