package io.conmonj.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a monitor is started. No part is ever null.
 *
 * @param launcher the monitor's program, for example {@code /usr/bin/conmonj}; a name without a
 *     slash is looked up in PATH
 * @param runtime the OCI runtime's program
 * @param runtimeDir the monitor's own directory, in which its socket is
 * @param runtimeRoot the OCI runtime's state directory; empty for the runtime's default
 * @param logLevel what the monitor logs about itself: trace, debug, info, warn, error or off
 * @param logDriver where to: none, stdout or systemd
 * @param extraArguments further arguments for the launcher
 * @param environment added to this process's environment for the launcher
 * @param startTimeout how long the start may take
 */
public record MonitorOptions(
    Path launcher,
    Path runtime,
    Path runtimeDir,
    Optional<Path> runtimeRoot,
    String logLevel,
    String logDriver,
    List<String> extraArguments,
    Map<String, String> environment,
    Duration startTimeout) {
  /** What a start may take: far more than it does, for machines under load. */
  public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(10);

  /** Copies the collections. */
  public MonitorOptions {
    Objects.requireNonNull(launcher);
    Objects.requireNonNull(runtime);
    Objects.requireNonNull(runtimeDir);
    Objects.requireNonNull(runtimeRoot);
    Objects.requireNonNull(logLevel);
    Objects.requireNonNull(logDriver);
    Objects.requireNonNull(startTimeout);
    extraArguments = List.copyOf(extraArguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Makes options with the runtime's default state directory, and a monitor that logs nothing.
   *
   * @param launcher the monitor's program
   * @param runtime the OCI runtime's program
   * @param runtimeDir the monitor's own directory
   * @return the options, never null
   */
  public static MonitorOptions of(Path launcher, Path runtime, Path runtimeDir) {
    return new MonitorOptions(
        launcher,
        runtime,
        runtimeDir,
        Optional.empty(),
        "info",
        "none",
        List.of(),
        Map.of(),
        DEFAULT_START_TIMEOUT);
  }

  /**
   * Returns the same options with a state directory for the runtime.
   *
   * @param root the directory
   * @return new options, never null
   */
  public MonitorOptions withRuntimeRoot(Path root) {
    return new MonitorOptions(
        launcher,
        runtime,
        runtimeDir,
        Optional.of(root),
        logLevel,
        logDriver,
        extraArguments,
        environment,
        startTimeout);
  }

  /**
   * Returns the same options with a log of the monitor itself.
   *
   * @param driver none, stdout or systemd
   * @param level trace, debug, info, warn, error or off
   * @return new options, never null
   */
  public MonitorOptions withLog(String driver, String level) {
    return new MonitorOptions(
        launcher,
        runtime,
        runtimeDir,
        runtimeRoot,
        level,
        driver,
        extraArguments,
        environment,
        startTimeout);
  }

  /**
   * Returns the same options with other further arguments for the launcher.
   *
   * @param arguments such as {@code --exec-grace-period=5m}
   * @return new options, never null
   */
  public MonitorOptions withArguments(List<String> arguments) {
    return new MonitorOptions(
        launcher,
        runtime,
        runtimeDir,
        runtimeRoot,
        logLevel,
        logDriver,
        arguments,
        environment,
        startTimeout);
  }
}
