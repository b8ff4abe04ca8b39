package io.conmonj.monitor.daemon;

import io.conmonj.monitor.journal.LogLevel;
import java.time.Duration;
import java.util.Optional;

/**
 * How the monitor is to run, as its command line says; not checked yet. Nothing is null.
 *
 * @param runtime path of the OCI runtime's binary; blank if it was not given
 * @param runtimeDir directory of the monitor's own files; blank if it was not given
 * @param runtimeRoot root directory that the OCI runtime is told
 * @param systemdCgroups whether the OCI runtime is to have systemd make cgroups, where a request
 *     does not say
 * @param streaming how to serve streaming; empty for the defaults
 * @param execGrace how long a command may go on when its client has gone; zero for ever
 * @param attachReplayBytes how much of each container's latest output is kept for those who attach
 *     later
 * @param name what the program was called by: {@code conmonj} or {@code conmonrs}
 */
public record Options(
    String runtime,
    String runtimeDir,
    Optional<String> runtimeRoot,
    LogLevel logLevel,
    LogDriver logDriver,
    boolean systemdCgroups,
    Optional<StreamingOptions> streaming,
    Duration execGrace,
    int attachReplayBytes,
    String name) {}
