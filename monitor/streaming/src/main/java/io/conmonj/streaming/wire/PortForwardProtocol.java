package io.conmonj.streaming.wire;

/**
 * Port forwarding over SPDY. Each forwarded connection is a pair of streams that the client opens:
 * one for its bytes, and one, {@link StreamType#ERROR}, on which the server says what went wrong.
 */
public final class PortForwardProtocol {
  /** The value of {@link UpgradeHeaders#PROTOCOL_VERSION}. */
  public static final String NAME = "portforward.k8s.io";

  /** The value of {@link StreamType#HEADER} on the stream for the bytes. */
  public static final String DATA = "data";

  /** A header of both streams: the port in the pod, in decimal digits. */
  public static final String PORT = "port";

  /** A header of both streams: an id, the client's choice, that says which two are a pair. */
  public static final String REQUEST_ID = "requestid";

  private PortForwardProtocol() {}
}
