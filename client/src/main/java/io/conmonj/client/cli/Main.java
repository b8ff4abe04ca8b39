package io.conmonj.client.cli;

import io.conmonj.kernel.ProcessTexts;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SignalAction;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
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
    // Ctrl-\ ends it, instead of printing what its threads do.
    SignalAction.byDefault(Signal.QUIT);
    Console console =
        new Console(
            new FileInputStream(FileDescriptor.in),
            new StandardOutput(new FileOutputStream(FileDescriptor.out)),
            new FileOutputStream(FileDescriptor.err),
            JLineTerminal::open,
            interrupted -> Signals.register("INT", interrupted),
            System::getenv);
    Runtime.getRuntime().exit(run(console, args));
  }

  private static int run(Console console, String... args) {
    try {
      String malformed = ProcessTexts.malformed(args);
      for (String name : GlobalOptions.VARIABLES) {
        malformed =
            malformed == null ? ProcessTexts.malformed(name, System.getenv(name)) : malformed;
      }
      if (malformed != null) {
        return Conmonjctl.refuse(console, "'" + malformed + "' is not UTF-8", args);
      }
    } catch (IOException e) {
      return Conmonjctl.refuse(console, "look at the command line: " + e.getMessage(), args);
    }
    return Conmonjctl.run(console, args);
  }
}
