package io.conmonj.client.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command that is to be run in a container when its URL is opened. No part is ever null.
 *
 * @param containerId the container
 * @param command the command and its arguments
 * @param terminal whether it gets a terminal
 * @param stdin whether it gets standard input
 * @param stdout whether its output is wanted
 * @param stderr whether its error output is wanted; nothing comes of it with a terminal
 * @param cgroupManager who made the container's control group
 * @param metadata carried along for tracing
 * @param settings how the command runs; any but {@link ExecSettings#NONE} need conmonj's own
 *     interface, which knows the container's control group and carries no metadata
 */
public record ServeExecRequest(
    String containerId,
    List<String> command,
    boolean terminal,
    boolean stdin,
    boolean stdout,
    boolean stderr,
    CgroupManager cgroupManager,
    Map<String, String> metadata,
    ExecSettings settings) {
  /** Copies the collections. */
  public ServeExecRequest {
    Objects.requireNonNull(containerId);
    Objects.requireNonNull(cgroupManager);
    Objects.requireNonNull(settings);
    command = List.copyOf(command);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Makes a request for a command without input, its output and error output apart.
   *
   * @param containerId the container
   * @param command the command and its arguments
   * @return the request, never null
   */
  public static ServeExecRequest output(String containerId, List<String> command) {
    return new ServeExecRequest(
        containerId,
        command,
        false,
        false,
        true,
        true,
        CgroupManager.CGROUPFS,
        Map.of(),
        ExecSettings.NONE);
  }

  /**
   * Makes a request for a command with input, its output and error output apart.
   *
   * @param containerId the container
   * @param command the command and its arguments
   * @return the request, never null
   */
  public static ServeExecRequest piped(String containerId, List<String> command) {
    return new ServeExecRequest(
        containerId,
        command,
        false,
        true,
        true,
        true,
        CgroupManager.CGROUPFS,
        Map.of(),
        ExecSettings.NONE);
  }

  /**
   * Makes a request for a command on a terminal, with input.
   *
   * @param containerId the container
   * @param command the command and its arguments
   * @return the request, never null
   */
  public static ServeExecRequest terminal(String containerId, List<String> command) {
    return new ServeExecRequest(
        containerId,
        command,
        true,
        true,
        true,
        false,
        CgroupManager.CGROUPFS,
        Map.of(),
        ExecSettings.NONE);
  }

  /**
   * Returns this request with other settings.
   *
   * @param changed how the command runs
   * @return a new request, never null
   */
  public ServeExecRequest with(ExecSettings changed) {
    return new ServeExecRequest(
        containerId, command, terminal, stdin, stdout, stderr, cgroupManager, metadata, changed);
  }

  /**
   * Returns which streams the session has.
   *
   * @return the streams, never null
   */
  public RequestedStreams streams() {
    return new RequestedStreams(stdin, stdout, stderr && !terminal, terminal);
  }
}
