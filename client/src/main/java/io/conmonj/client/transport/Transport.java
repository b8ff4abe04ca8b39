package io.conmonj.client.transport;

/** What carries the streams of a session. */
public enum Transport {
  /** SPDY/3.1, as the kubelet speaks it to a container runtime. */
  SPDY,

  /** WebSocket (RFC 6455); forwarded ports go in SPDY/3.1 within it. */
  WEBSOCKET
}
