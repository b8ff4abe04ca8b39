package io.conmonj.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the tool reads from and writes to.
 *
 * @param in standard input
 * @param out standard output, for what was asked for
 * @param err standard error, for all else
 * @param terminals opens the terminal of this process
 * @param interrupts has the next Ctrl-C run something instead of ending the process
 * @param variables tells environment variables; null for those that are not set
 */
record Console(
    InputStream in,
    OutputStream out,
    OutputStream err,
    StdinTerminal.Source terminals,
    Consumer<Runnable> interrupts,
    UnaryOperator<String> variables) {
  /** Prints text as it is. */
  void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Prints a line. */
  void line(String text) throws IOException {
    print(text + "\n");
  }

  /** Says something that is not part of the output. */
  void remark(String text) {
    try {
      err.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // there is nobody left to tell
    }
  }
}
