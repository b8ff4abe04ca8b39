package io.conmonj.client.model;

import java.util.List;
import java.util.Objects;

/**
 * A pod whose ports are to be reached when a URL is opened. No part is ever null.
 *
 * @param containerId a container; its network is the pod's
 * @param ports for clients that cannot name them with each connection, at most 40; may be empty
 */
public record ServePortForwardRequest(String containerId, List<Integer> ports) {
  /** Copies the list. */
  public ServePortForwardRequest {
    Objects.requireNonNull(containerId);
    ports = List.copyOf(ports);
  }

  /**
   * Makes a request for a client that names the port with each connection, as one that speaks SPDY
   * does.
   *
   * @param containerId a container; its network is the pod's
   * @return the request, never null
   */
  public static ServePortForwardRequest of(String containerId) {
    return new ServePortForwardRequest(containerId, List.of());
  }
}
