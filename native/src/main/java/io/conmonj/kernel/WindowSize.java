package io.conmonj.kernel;

/**
 * The size of a terminal in character cells, the width first. 0 means unknown.
 *
 * @param columns width, 0 to 65535
 * @param rows height, 0 to 65535
 */
public record WindowSize(int columns, int rows) {
  private static final int MAX = 0xffff;

  /**
   * @throws IllegalArgumentException when a side does not fit into the kernel's 16 bits
   */
  public WindowSize {
    if (columns < 0 || columns > MAX || rows < 0 || rows > MAX) {
      throw new IllegalArgumentException(
          "make a window of " + columns + " columns and " + rows + " rows: outside 0…65535");
    }
  }
}
