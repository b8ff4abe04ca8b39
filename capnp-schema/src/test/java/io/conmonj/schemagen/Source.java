package io.conmonj.schemagen;

/** Java text that grows line by line; braces at the ends of lines set the indentation. */
final class Source {

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /**
   * Adds lines, with a gap before them if they begin with an empty one. A line that begins with a
   * closing brace ends a block, one that ends with an opening brace begins one, and one that is
   * itself indented continues the one before it.
   */
  void add(String lines) {
    boolean apart = lines.startsWith("\n");
    if (apart) {
      gap();
    }
    for (String line : lines.substring(apart ? 1 : 0).stripTrailing().split("\n", -1)) {
      String bare = line.strip();
      if (bare.startsWith("}")) {
        depth--;
      }
      int continuation = line.startsWith("    ") ? 2 : 0;
      text.append(bare.isEmpty() ? "" : "  ".repeat(depth + continuation));
      text.append(bare.startsWith("*") ? " " : "").append(bare).append('\n');
      if (bare.endsWith("{")) {
        depth++;
      }
    }
  }

  /** Adds an empty line, except after the beginning of a block. */
  void gap() {
    if (!text.toString().endsWith("{\n")) {
      text.append('\n');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
