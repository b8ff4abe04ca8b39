package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import java.util.List;

/**
 * A version of the remote command protocol over SPDY. There is no fifth: that one is of WebSocket
 * only.
 */
enum SpdyProtocol {
  /** The error stream always carries a status. */
  V4("v4.channel.k8s.io", true, true, StatusFormat.JSON),

  /** With a stream for the sizes of a terminal. */
  V3("v3.channel.k8s.io", true, true, StatusFormat.TEXT_ON_FAILURE),

  /** With an end of stdin. */
  V2("v2.channel.k8s.io", false, true, StatusFormat.TEXT_ON_FAILURE),

  /** The first; servers that name none speak it. */
  V1("channel.k8s.io", false, false, StatusFormat.TEXT_ON_FAILURE);

  /** What to offer, the best first. */
  static final List<String> NAMES = List.of(V4.protocol, V3.protocol, V2.protocol, V1.protocol);

  private final String protocol;
  private final boolean resize;
  private final boolean halfClose;
  private final StatusFormat status;

  SpdyProtocol(String protocol, boolean resize, boolean halfClose, StatusFormat status) {
    this.protocol = protocol;
    this.resize = resize;
    this.halfClose = halfClose;
    this.status = status;
  }

  /** The version with one of the names that were offered. */
  static SpdyProtocol of(String protocol) {
    return values()[NAMES.indexOf(protocol)];
  }

  /** Whether the streams of a session include this one. */
  boolean has(RemoteStream stream, RequestedStreams streams) {
    return switch (stream) {
      case ERROR -> true;
      case STDIN -> streams.stdin();
      case STDOUT -> streams.stdout();
      case STDERR -> streams.stderr();
      case RESIZE -> resize && streams.resize();
    };
  }

  /** Whether the end of stdin reaches the command. */
  boolean halfClose() {
    return halfClose;
  }

  /** What the error stream carries. */
  StatusFormat status() {
    return status;
  }
}
