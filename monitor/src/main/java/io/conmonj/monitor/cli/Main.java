package io.conmonj.monitor.cli;

import io.conmonj.monitor.daemon.Daemon;
import io.conmonj.monitor.daemon.DaemonOptions;
import io.conmonj.monitor.daemon.OwnLog;
import io.conmonj.monitor.daemon.StartException;
import io.conmonj.monitor.daemon.StartTexts;
import io.conmonj.monitor.pod.Pause;
import io.conmonj.monitor.pod.PodOptions;
import io.conmonj.monitor.pod.PodService;
import io.conmonj.monitor.version.BuildFacts;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The monitor's entry point: reads the command line and does what it says. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private Main() {}

  /**
   * Runs the monitor, or prints what was asked for; ends the process with the status 0, 1 when
   * something failed, or 2 when the command line cannot be understood.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    int status = run(arguments);
    System.out.flush();
    // Not exit: there are no shutdown hooks to run, only classes to load for the log about it.
    Runtime.getRuntime().halt(status);
  }

  private static int run(String[] arguments) {
    CommandLine line;
    try {
      line = CommandLine.read(arguments, System.getenv());
      checkText(arguments);
    } catch (UsageException wrong) {
      OwnLog.openDefault(DaemonFlags.name());
      log(wrong);
      return fail(wrong);
    }
    if (line.isOn(Flag.HELP)) {
      System.out.print(HelpOutput.text());
      return OK;
    }
    if (line.given(Flag.VERSION)) {
      System.out.print(version(line, Flag.VERSION).text());
      return OK;
    }
    if (line.given(Flag.VERSION_JSON)) {
      System.out.print(version(line, Flag.VERSION_JSON).json());
      return OK;
    }
    if (line.pauseArguments() != null) {
      return pause(line.pauseArguments());
    }
    return serve(line);
  }

  private static int pause(List<String> arguments) {
    try {
      PauseFlags flags = PauseFlags.read(arguments, System.getenv());
      if (flags.help()) {
        System.out.print(PauseFlags.HELP);
      } else {
        Pause.run(flags.request());
      }
      return OK;
    } catch (UsageException wrong) {
      return fail(wrong, PauseFlags.USAGE);
    } catch (IOException | IllegalArgumentException failed) {
      return fail(FAILED, "run pause: " + failed.getMessage());
    }
  }

  // What is not UTF-8 is not what was meant by now.
  private static void checkText(String[] arguments) throws UsageException {
    String malformed;
    try {
      malformed = StartTexts.malformed(arguments);
      for (Flag flag : Flag.values()) {
        if (malformed == null && flag.variable() != null) {
          malformed = StartTexts.malformed(flag.variable(), System.getenv(flag.variable()));
        }
      }
    } catch (IOException unreadable) {
      throw new UsageException("look at the command line: " + unreadable.getMessage());
    }
    if (malformed != null) {
      throw new UsageException("'" + malformed + "' is not UTF-8");
    }
  }

  private static VersionOutput version(CommandLine line, Flag flag) {
    return new VersionOutput(BuildFacts.load(), line.value(flag).equals("full"));
  }

  private static int serve(CommandLine line) {
    try {
      return run(line);
    } catch (UsageException wrong) {
      log(wrong);
      return fail(wrong);
    } catch (StartException failed) {
      log(failed);
      return fail(FAILED, failed.getMessage());
    }
  }

  /** Returns when the monitor has ended, with its exit status. */
  static int run(CommandLine line) throws UsageException, StartException {
    DaemonOptions daemon = DaemonFlags.read(line);
    OwnLog.open(daemon);
    PodOptions pod = PodFlags.read(line);
    return Daemon.run(daemon, PodService.factory(pod), () -> PathFlags.check(line));
  }

  // Who starts a monitor may throw away what it says on stderr.
  private static void log(Exception failed) {
    LoggerFactory.getLogger(Main.class).error("cannot start: {}", failed.getMessage());
  }

  private static int fail(UsageException wrong) {
    return fail(wrong, HelpOutput.usage());
  }

  private static int fail(UsageException wrong, String usage) {
    String text = wrong.getMessage() + "\n\n" + usage;
    return fail(BAD_USAGE, text + "\n\nFor more information, try '--help'.");
  }

  // The holder ends with the same status as its first worker, and the launcher with that.
  private static int fail(int status, String text) {
    System.err.println("error: " + text);
    return status;
  }
}
