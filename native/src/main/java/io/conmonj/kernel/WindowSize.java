package io.conmonj.kernel;

/**
 * The size of a terminal in character cells; 0 means unknown.
 *
 * @param rows height, 0 to 65535
 * @param columns width, 0 to 65535
 */
public record WindowSize(int rows, int columns) {
  private static final int MAX = 0xffff;

  /**
   * @throws IllegalArgumentException when a side does not fit into the kernel's 16 bits
   */
  public WindowSize {
    if (rows < 0 || rows > MAX || columns < 0 || columns > MAX) {
      throw new IllegalArgumentException(
          "make a window of " + rows + " rows and " + columns + " columns: outside 0…65535");
    }
  }
}
