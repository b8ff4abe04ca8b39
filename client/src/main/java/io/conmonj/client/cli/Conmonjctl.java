package io.conmonj.client.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "conmonjctl",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Run containers under a conmonj monitor, and work with them.",
      "",
      "Each monitor has a directory (--runtime-dir), in which its control socket is."
    },
    footer = {
      "  # Begin a container under a monitor, look into it, and stop both",
      "  conmonjctl run box /srv/box",
      "  conmonjctl exec -it box sh",
      "  conmonjctl logs box",
      "  conmonjctl stop"
    })
final class Conmonjctl implements Runnable {
  /** In the order of the help. */
  static final List<String> COMMANDS =
      List.of(
          "run",
          "namespaces",
          "exec",
          "exec-sync",
          "attach",
          "port-forward",
          "logs",
          "reopen-log",
          "resize",
          "fd-socket",
          "sessions",
          "info",
          "metrics",
          "version",
          "sleep",
          "upgrade",
          "stop",
          "completion");

  /** Commands whose first positional word begins another command line. */
  private static final Set<String> WITH_COMMAND = Set.of("exec", "exec-sync");

  /** What help shows, in this order: examples before the long list of options. */
  private static final List<String> HELP_SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS);

  /** Wide enough for paths in descriptions, narrow enough for two windows side by side. */
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help")
  @SuppressWarnings("UnusedVariable") // read by picocli, through its annotation
  private boolean help;

  private Conmonjctl() {}

  /** Runs a command line; returns the exit code. */
  static int run(Console console, String... args) {
    CommandLine line = commandLine(console, mentioned(args));
    int code = line.execute(args);
    // Help goes through a writer that keeps its failures for itself.
    return line.getOut().checkError() && code == ExitCodes.OK
        ? Failures.outputFailed(console)
        : code;
  }

  /** Says that a command line makes no sense; returns the exit code. */
  static int refuse(Console console, String why, String... args) {
    console.remark("error: " + why);
    boolean remoteCode = List.of(args).stream().anyMatch(WITH_COMMAND::contains);
    return remoteCode ? ExitCodes.NOT_RUN : ExitCodes.USAGE;
  }

  /**
   * The commands whose names are among the words: to read the annotations of all of them is most of
   * what a start costs. All of them where the whole is wanted, as in its help.
   */
  private static Set<String> mentioned(String... args) {
    Set<String> names = new LinkedHashSet<>(COMMANDS);
    names.retainAll(List.of(args));
    return names.isEmpty() || names.contains("completion") ? Set.copyOf(COMMANDS) : names;
  }

  /** Makes the tool with these of its commands. */
  static CommandLine commandLine(Console console, Set<String> names) {
    CommandLine top = new CommandLine(new Conmonjctl());
    for (String name : COMMANDS) {
      if (names.contains(name)) {
        top.addSubcommand(command(name, console));
      }
    }
    Failures failures = new Failures(console, WITH_COMMAND);
    top.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    top.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    top.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    top.setUsageHelpWidth(HELP_WIDTH);
    top.setHelpSectionKeys(HELP_SECTIONS);
    top.setExecutionExceptionHandler(failures);
    top.setParameterExceptionHandler(failures);
    top.getSubcommands().values().forEach(Conmonjctl::arrange);
    headings(top.getCommandSpec().usageMessage());
    return top;
  }

  private static Object command(String name, Console console) {
    return switch (name) {
      case "run" -> new RunCommand(console);
      case "namespaces" -> new NamespacesCommand(console);
      case "exec" -> new ExecCommand(console);
      case "exec-sync" -> new ExecSyncCommand(console);
      case "attach" -> new AttachCommand(console);
      case "port-forward" -> new PortForwardCommand(console);
      case "logs" -> new LogsCommand(console);
      case "reopen-log" -> new ReopenLogCommand();
      case "resize" -> new ResizeCommand(console);
      case "fd-socket" -> new FdSocketCommand(console);
      case "sessions" -> new SessionsCommand(console);
      case "info" -> new InfoCommand(console);
      case "metrics" -> new MetricsCommand(console);
      case "version" -> new VersionCommand(console);
      case "sleep" -> new SleepCommand();
      case "upgrade" -> new UpgradeCommand(console);
      case "stop" -> new StopCommand();
      case "completion" -> new CompletionCommand(console);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void arrange(CommandLine command) {
    headings(command.getCommandSpec().usageMessage());
    if (WITH_COMMAND.contains(command.getCommandName())) {
      command.setStopAtPositional(true);
    }
  }

  private static void headings(UsageMessageSpec usage) {
    usage.footerHeading("%nExamples:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.synopsisHeading("%nUsage:%n  ");
  }

  GlobalOptions global() {
    return global;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
