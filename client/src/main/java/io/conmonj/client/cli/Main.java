package io.conmonj.client.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import org.jline.utils.Signals;

/** The program {@code conmonjctl}. */
public final class Main {
  private Main() {}

  /**
   * Runs a command line and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // Without a log of our own, slf4j would remark on that.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Console console =
        new Console(
            new FileInputStream(FileDescriptor.in),
            new StandardOutput(new FileOutputStream(FileDescriptor.out)),
            new FileOutputStream(FileDescriptor.err),
            JLineTerminal::open,
            interrupted -> Signals.register("INT", interrupted));
    Runtime.getRuntime().exit(Conmonjctl.run(console, args));
  }
}
