package io.conmonj.streaming;

/**
 * The size of a terminal.
 *
 * @param columns its width in characters, 1 to 65535
 * @param rows its height in characters, 1 to 65535
 */
public record TerminalSize(int columns, int rows) {
  private static final int MAX = 0xFFFF;

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public TerminalSize {
    if (columns < 1 || columns > MAX || rows < 1 || rows > MAX) {
      throw new IllegalArgumentException(
          "terminal size " + columns + "x" + rows + ": both must be 1 to " + MAX);
    }
  }
}
