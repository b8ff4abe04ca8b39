package io.conmonj.client.cli;

import java.util.List;

/** Lays rows out in columns, each as wide as its longest text. */
final class Table {
  /** Between columns, as kubectl has it; texts may have single blanks of their own. */
  private static final int GAP = 3;

  private Table() {}

  /**
   * Makes the text.
   *
   * @param rows of equal length, the heading first
   */
  static String of(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < columns - 1; i++) {
        text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + GAP);
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }
}
