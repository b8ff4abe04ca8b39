package io.conmonj.client.model;

/**
 * The size of a terminal.
 *
 * @param columns width in characters, 1 to 65535
 * @param rows height in characters, 1 to 65535
 */
public record WindowSize(int columns, int rows) {
  /** The kernel and every protocol hold each value as an unsigned 16-bit number. */
  public static final int MAX = 0xffff;

  /** Checks the values. */
  public WindowSize {
    if (columns < 1 || columns > MAX || rows < 1 || rows > MAX) {
      throw new IllegalArgumentException(
          "window size " + columns + "x" + rows + ": both must be 1 to " + MAX);
    }
  }

  @Override
  public String toString() {
    return columns + "x" + rows;
  }
}
