package io.conmonj.monitor.daemon;

import io.conmonj.monitor.journal.DestinationKind;
import io.conmonj.monitor.journal.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the monitor's process is to run; checked. Nothing is null.
 *
 * @param runtimeDirectory the absolute path of its {@link RuntimeDirectory}, which may be missing
 * @param runtimeRoot the absolute path of the directory in which the OCI runtime keeps its state,
 *     to be made where it is missing; empty for the runtime's own default
 * @param logLevel the least important messages of its own that it logs
 * @param logDestination where those go
 * @param name what the program was called by: {@code conmonj} or {@code conmonrs}
 * @param sleepAfter how long the Java VM waits with nothing to do before it leaves the pod to the
 *     holder; zero for ever
 */
public record DaemonOptions(
    Path runtimeDirectory,
    Optional<Path> runtimeRoot,
    LogLevel logLevel,
    DestinationKind logDestination,
    String name,
    Duration sleepAfter) {}
