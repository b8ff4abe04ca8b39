package io.conmonj.it.demo;

import java.io.PrintStream;

/** Tells the reader of a demonstration what happens. */
final class Narrator {
  private final PrintStream out;
  private int step;

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Begins a step. */
  void step(String title) {
    step++;
    out.println();
    out.println(step + ". " + title);
  }

  /** Prints text below the heading of its step. */
  void say(String text) {
    text.lines().forEach(line -> out.println("   " + line));
  }

  /**
   * Says what was found, having checked it.
   *
   * @throws IllegalStateException if it is not so: a demonstration that goes on would lie
   */
  void check(boolean holds, String text) {
    if (!holds) {
      throw new IllegalStateException("demo: it is not so that " + text);
    }
    say("✓ " + text);
  }
}
