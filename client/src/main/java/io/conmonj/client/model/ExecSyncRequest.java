package io.conmonj.client.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command to be run in a container to its end, its output to be collected. No part is ever null.
 *
 * @param containerId the container
 * @param command the command and its arguments
 * @param timeout after this it is killed, in whole milliseconds rounded up; zero for no limit
 * @param terminal whether it gets a terminal; its error output is then part of its output
 * @param environment on top of the container's own environment
 * @param metadata carried along for tracing
 */
public record ExecSyncRequest(
    String containerId,
    List<String> command,
    Duration timeout,
    boolean terminal,
    Map<String, String> environment,
    Map<String, String> metadata) {
  /** Copies the collections. */
  public ExecSyncRequest {
    Objects.requireNonNull(containerId);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    metadata = Map.copyOf(metadata);
    if (timeout.isNegative()) {
      throw new IllegalArgumentException(
          "exec in " + containerId + ": timeout " + timeout + " < 0");
    }
  }

  /**
   * Makes a request without a terminal.
   *
   * @param containerId the container
   * @param command the command and its arguments
   * @param timeout after this it is killed; zero for no limit
   * @return the request, never null
   */
  public static ExecSyncRequest of(String containerId, List<String> command, Duration timeout) {
    return new ExecSyncRequest(containerId, command, timeout, false, Map.of(), Map.of());
  }
}
