package io.conmonj.streaming.wire;

/** What an upgrade from HTTP to SPDY says in its headers, as in Kubernetes' streaming library. */
public final class UpgradeHeaders {
  /** The value of {@code Upgrade}. */
  public static final String SPDY_3_1 = "SPDY/3.1";

  /**
   * In a request: what may be spoken inside SPDY, the best first. In an answer: what is spoken. A
   * server that leaves it out speaks {@link RemoteCommandVersion#V1}.
   */
  public static final String PROTOCOL_VERSION = "X-Stream-Protocol-Version";

  /** In a refusal: what the server would have spoken. */
  public static final String ACCEPTED_VERSIONS = "X-Accepted-Stream-Protocol-Versions";

  private UpgradeHeaders() {}
}
