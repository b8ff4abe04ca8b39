package io.conmonj.client.model;

import java.util.Map;
import java.util.Objects;

/**
 * A container that is to be watched when its URL is opened. No part is ever null.
 *
 * @param containerId the container
 * @param stdin whether input is sent to it; it reads it only if it was created with standard input,
 *     or has a terminal
 * @param stdout whether its output is wanted
 * @param stderr whether its error output is wanted; nothing comes of it with a terminal
 * @param metadata carried along for tracing
 * @param settings how it is watched; any but {@link AttachSettings#NONE} need conmonj's own
 *     interface, which carries no metadata
 */
public record ServeAttachRequest(
    String containerId,
    boolean stdin,
    boolean stdout,
    boolean stderr,
    Map<String, String> metadata,
    AttachSettings settings) {
  /** Copies the collection. */
  public ServeAttachRequest {
    Objects.requireNonNull(containerId);
    Objects.requireNonNull(settings);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Makes a request to watch a container without typing into it.
   *
   * @param containerId the container
   * @return the request, never null
   */
  public static ServeAttachRequest watch(String containerId) {
    return new ServeAttachRequest(containerId, false, true, true, Map.of(), AttachSettings.NONE);
  }

  /**
   * Makes a request to watch a container and type into it.
   *
   * @param containerId the container
   * @return the request, never null
   */
  public static ServeAttachRequest interact(String containerId) {
    return new ServeAttachRequest(containerId, true, true, true, Map.of(), AttachSettings.NONE);
  }

  /**
   * Returns this request with other settings.
   *
   * @param changed how it is watched
   * @return a new request, never null
   */
  public ServeAttachRequest with(AttachSettings changed) {
    return new ServeAttachRequest(containerId, stdin, stdout, stderr, metadata, changed);
  }

  /**
   * Returns which streams the session may have. Whether the container has a terminal is not known:
   * with one there is a stream for its sizes and none for error output, without one the reverse. So
   * both are named; servers leave the one that they have no use for alone.
   *
   * @return the streams, never null
   */
  public RequestedStreams streams() {
    return new RequestedStreams(stdin, stdout, stderr, true);
  }
}
