package io.conmonj.streaming.frozen;

/** What a connection was when it was written down, and so who reads it. The names are written. */
public enum ConnectionForm {
  /** Its request has not come to its end. */
  REQUEST,
  /** A WebSocket whose messages mean something, or whose client has not closed it yet. */
  WEBSOCKET,
  /** SPDY whose streams mean something, or whose client has not closed it yet. */
  SPDY,
  /** Nothing is of interest but that its client gets the rest of what was sent. */
  LINGERING
}
