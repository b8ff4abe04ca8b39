package io.conmonj.monitor.oci;

/**
 * The tags that the holder keeps with the processes of one worker: kind, worker, and a serial
 * number. Loop thread only.
 */
final class ProcessTags {
  /** Above the serial numbers, and below the kind. */
  private static final int SHIFT = 32;

  private static final int WORKER_BITS = 0xff_ffff;

  private final long worker;
  private int last;

  /**
   * @param starts which worker of the monitor it is
   */
  ProcessTags(int starts) {
    worker = (long) (starts & WORKER_BITS) << SHIFT;
  }

  long next(ProcessKind kind) {
    return kind.tag(worker | Integer.toUnsignedLong(++last));
  }

  /** Whether it is a tag of this worker. */
  boolean isOurs(long tag) {
    return (tag & (long) WORKER_BITS << SHIFT) == worker;
  }
}
