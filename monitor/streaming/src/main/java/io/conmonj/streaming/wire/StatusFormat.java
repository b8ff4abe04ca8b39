package io.conmonj.streaming.wire;

/** What the error stream carries at the end of a session; a property of the protocol's version. */
public enum StatusFormat {
  /** One JSON object, also after a success, with the fields in {@link StatusFields}: from v4 on. */
  JSON,
  /** The message of a failure as text, and nothing after a success: before v4. */
  TEXT_ON_FAILURE
}
