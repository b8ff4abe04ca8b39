package io.conmonj.monitor.log;

/**
 * Counts of one log driver since it was opened.
 *
 * @param bytesWritten bytes given to the kernel, the driver's own framing included
 * @param writeErrors failed attempts to write, reopen or rotate; each retry that fails counts
 * @param rotations how often the size limit made the driver start a new file
 * @param bytesLost container bytes that were given up at {@link LogDriver#close}, came after it, or
 *     were held back and never came ({@link LogDriver#lose})
 * @param bytesDropped container bytes that were not logged because a {@link LogRate} said so
 * @param linesDropped lines that were not logged for that, or not to their end
 * @param linesWritten lines that were logged to their end
 */
public record LogStatistics(
    long bytesWritten,
    long writeErrors,
    long rotations,
    long bytesLost,
    long bytesDropped,
    long linesDropped,
    long linesWritten) {

  /** Nothing happened. */
  public static final LogStatistics ZERO = new LogStatistics(0, 0, 0, 0, 0);

  /** Of a log without a rate. */
  public LogStatistics(
      long bytesWritten, long writeErrors, long rotations, long bytesLost, long linesWritten) {
    this(bytesWritten, writeErrors, rotations, bytesLost, 0, 0, linesWritten);
  }

  /** The same, with so many bytes lost. */
  LogStatistics withLost(long bytes) {
    return new LogStatistics(
        bytesWritten, writeErrors, rotations, bytes, bytesDropped, linesDropped, linesWritten);
  }

  /** What was dropped, and nothing else. */
  public LogStatistics dropped() {
    return new LogStatistics(0, 0, 0, 0, bytesDropped, linesDropped, 0);
  }

  /** What came since other ones of the same log. */
  public LogStatistics since(LogStatistics before) {
    return new LogStatistics(
        bytesWritten - before.bytesWritten,
        writeErrors - before.writeErrors,
        rotations - before.rotations,
        bytesLost - before.bytesLost,
        bytesDropped - before.bytesDropped,
        linesDropped - before.linesDropped,
        linesWritten - before.linesWritten);
  }

  /** The sums of two logs. */
  public LogStatistics plus(LogStatistics other) {
    return new LogStatistics(
        bytesWritten + other.bytesWritten,
        writeErrors + other.writeErrors,
        rotations + other.rotations,
        bytesLost + other.bytesLost,
        bytesDropped + other.bytesDropped,
        linesDropped + other.linesDropped,
        linesWritten + other.linesWritten);
  }
}
