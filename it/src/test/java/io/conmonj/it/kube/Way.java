package io.conmonj.it.kube;

import java.util.Map;

/** The ways from kubectl to a container. */
enum Way {
  SPDY(true, false),
  WEBSOCKET(true, true),
  SPDY_TO_CRIO(false, false),
  WEBSOCKET_TO_CRIO(false, true);

  private final boolean streaming;
  private final boolean webSocket;

  Way(boolean streaming, boolean webSocket) {
    this.streaming = streaming;
    this.webSocket = webSocket;
  }

  /**
   * What {@code stream_websockets} is set to: whether exec and attach end at the monitor's
   * streaming server or, as is the default, at CRI-O's.
   */
  boolean endsAtTheMonitor() {
    return streaming;
  }

  /** The variables that have kubectl speak this protocol to the API server. */
  Map<String, String> environment() {
    String value = Boolean.toString(webSocket);
    return Map.of(
        "KUBECTL_REMOTE_COMMAND_WEBSOCKETS", value, "KUBECTL_PORT_FORWARD_WEBSOCKETS", value);
  }
}
