package io.conmonj.streaming.wire;

import java.util.List;

/** A version of the remote command protocol. The versions are in their order. */
public enum RemoteCommandVersion {
  /** The first one; a server that names no version speaks it. */
  V1("channel.k8s.io", StatusFormat.TEXT_ON_FAILURE),

  /** Over SPDY, the end of stdin reaches the command. */
  V2("v2.channel.k8s.io", StatusFormat.TEXT_ON_FAILURE),

  /** Over SPDY, a terminal has a stream for its sizes. */
  V3("v3.channel.k8s.io", StatusFormat.TEXT_ON_FAILURE),

  /** The error stream always carries a Status. */
  V4("v4.channel.k8s.io", StatusFormat.JSON),

  /**
   * Over WebSocket, the end of stdin reaches the command (KEP-4006). It is not spoken over SPDY.
   */
  V5("v5.channel.k8s.io", StatusFormat.JSON);

  /** What is spoken over SPDY, the best first. For WebSocket see {@link Subprotocol}. */
  public static final List<RemoteCommandVersion> OVER_SPDY = List.of(V4, V3, V2, V1);

  private final String protocol;
  private final StatusFormat status;

  RemoteCommandVersion(String protocol, StatusFormat status) {
    this.protocol = protocol;
    this.status = status;
  }

  /** Its name in {@link UpgradeHeaders#PROTOCOL_VERSION}; never null. */
  public String protocol() {
    return protocol;
  }

  /** What the error stream carries at the end of a session; never null. */
  public StatusFormat status() {
    return status;
  }

  /** Whether, over SPDY, the end of stdin reaches the command. */
  public boolean endsStdin() {
    return compareTo(V2) >= 0;
  }

  /** Whether, over SPDY, a terminal has a stream for its sizes. */
  public boolean hasResizeStream() {
    return compareTo(V3) >= 0;
  }
}
