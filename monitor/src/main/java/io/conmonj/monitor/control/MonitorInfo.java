package io.conmonj.monitor.control;

/**
 * What a monitor says of itself.
 *
 * @param processId its process
 * @param startTimeNanos when it began, nanoseconds since 1970-01-01T00:00:00Z
 * @param runtimeDir where its sockets are
 * @param runtime the OCI runtime's program
 * @param runtimeRoot the OCI runtime's state directory; empty for its own default
 */
public record MonitorInfo(
    int processId, long startTimeNanos, String runtimeDir, String runtime, String runtimeRoot) {}
