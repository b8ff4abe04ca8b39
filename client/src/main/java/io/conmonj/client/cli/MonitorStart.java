package io.conmonj.client.cli;

import io.conmonj.client.MonitorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of commands that start a monitor if there is none. */
final class MonitorStart {
  /** Set by the distribution's launcher to where it lies. */
  private static final String HOME_PROPERTY = "conmonj.home";

  /** Set by it to the path that it was called by, absolute, its symbolic links as they are. */
  private static final String LAUNCHER_PROPERTY = "conmonj.launcher";

  private static final String MONITOR = "conmonj";

  @Option(
      names = "--monitor",
      paramLabel = "PATH",
      defaultValue = "${CONMONJ_MONITOR:-}",
      description =
          "The monitor's program. Also set by CONMONJ_MONITOR. Default: the conmonj beside"
              + " conmonjctl, or that came with it")
  private String monitor;

  @Option(
      names = "--monitor-log-driver",
      paramLabel = "NAME",
      defaultValue = "none",
      description = "Where the monitor logs: none, stdout or systemd. Default: ${DEFAULT-VALUE}")
  private String logDriver;

  @Option(
      names = "--monitor-log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description =
          "What it logs: trace, debug, info, warn, error or off. Default: ${DEFAULT-VALUE}")
  private String logLevel;

  MonitorOptions options(GlobalOptions global) throws IOException {
    return new MonitorOptions(
        launcher(),
        global.runtime(),
        global.runtimeDir(),
        global.runtimeRoot(),
        logLevel,
        logDriver,
        List.of(),
        Map.of(),
        MonitorOptions.DEFAULT_START_TIMEOUT);
  }

  private Path launcher() throws CommandFailedException {
    if (!monitor.isEmpty()) {
      return GlobalOptions.find(monitor)
          .orElseThrow(() -> new CommandFailedException("--monitor " + monitor + ": not found"));
    }
    return besideThis()
        .or(MonitorStart::ofThisDistribution)
        .or(() -> GlobalOptions.find(MONITOR))
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "no monitor: conmonj is not in PATH; name its program by --monitor"));
  }

  /** Where that is a link, the monitor's upgrade follows it to what is installed by then. */
  private static Optional<Path> besideThis() {
    return Optional.ofNullable(System.getProperty(LAUNCHER_PROPERTY))
        .map(launcher -> Path.of(launcher).resolveSibling(MONITOR))
        .filter(MonitorStart::isProgram);
  }

  private static Optional<Path> ofThisDistribution() {
    return Optional.ofNullable(System.getProperty(HOME_PROPERTY))
        .map(home -> Path.of(home, "bin", MONITOR))
        .filter(MonitorStart::isProgram);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
