package io.conmonj.monitor.container;

import io.netty.buffer.ByteBuf;

/**
 * What a command did that was run to its end. Whoever gets it releases it.
 *
 * @param exitCode its exit code, 128 + signal number if it was killed, {@link #TIMED_OUT} if it was
 *     killed for taking too long, {@link #STATUS_LOST} if nobody knows
 * @param stdout the first of it; both together have at most {@link Capture#MAX_BYTES}
 * @param stdoutTruncated whether there was more
 * @param stderr the first of it
 * @param stderrTruncated whether there was more
 * @param timedOut whether it was killed for taking too long
 */
public record ExecSyncResult(
    int exitCode,
    ByteBuf stdout,
    boolean stdoutTruncated,
    ByteBuf stderr,
    boolean stderrTruncated,
    boolean timedOut)
    implements AutoCloseable {
  /** The exit code that conmon-rs gives a command that was killed for taking too long. */
  public static final int TIMED_OUT = -3;

  /** The exit code that conmon-rs gives a command that the runtime could not start. */
  public static final int NOT_STARTED = -2;

  /** The exit code that conmon-rs gives a process whose status was lost. */
  public static final int STATUS_LOST = -1;

  @Override
  public void close() {
    stdout.release();
    stderr.release();
  }
}
