package io.conmonj.streaming;

/**
 * The kinds of session, each a route of the server. A URL made for one is not valid for another.
 */
public enum SessionKind {
  EXEC("exec"),
  ATTACH("attach"),
  PORT_FORWARD("portforward");

  private final String path;

  SessionKind(String path) {
    this.path = path;
  }

  /** The path segment before the token, as in the kubelet's streaming library. */
  public String path() {
    return path;
  }
}
