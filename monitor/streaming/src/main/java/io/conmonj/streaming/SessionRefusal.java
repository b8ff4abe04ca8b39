package io.conmonj.streaming;

/** Why there was no session for a client that has connected, as far as it is counted. */
public enum SessionRefusal {
  /** The path or the method is not that of a session. */
  NOT_FOUND("not-found"),

  /** The token was used, is too old, or was never given out. */
  TOKEN("token"),

  /** The request makes no sense, or asks for no protocol that is served. */
  BAD_REQUEST("bad-request"),

  /** As many sessions are connected as may be, or there is no memory for one more. */
  TOO_MANY("too-many"),

  /** The request did not come in time. */
  TIMEOUT("timeout");

  private final String label;

  SessionRefusal(String label) {
    this.label = label;
  }

  /** The word for it. */
  public String label() {
    return label;
  }
}
