package io.conmonj.streaming.live;

/**
 * The user event that tells the handlers of a connection that its server is being closed: they end
 * what they carry, with a word to the client, and close.
 */
public enum ServerClosing {
  EVENT
}
