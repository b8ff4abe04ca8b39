package io.conmonj.monitor.log;

/**
 * When a log file is replaced by a new one, and how many old ones stay ({@code path.1} is the
 * youngest).
 *
 * @param maxSize bytes that a file may hold, 0 for no limit; a single longer line still goes in
 *     whole
 * @param keep how many old files stay, at least 1
 */
public record Rotation(long maxSize, int keep) {

  /** No size limit; someone else rotates and asks for {@link LogDriver#reopen}, or nobody does. */
  public static final Rotation NONE = new Rotation(0, 1);

  /** Checks the ranges. */
  public Rotation {
    if (maxSize < 0 || keep < 1) {
      throw new IllegalArgumentException("rotate log: maxSize " + maxSize + ", keep " + keep);
    }
  }
}
