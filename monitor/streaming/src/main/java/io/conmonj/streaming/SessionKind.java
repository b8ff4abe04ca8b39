package io.conmonj.streaming;

/**
 * The kinds of session, each a route of the server. A URL made for one is not valid for another.
 */
public enum SessionKind {
  EXEC("exec", "exec"),
  ATTACH("attach", "attach"),
  PORT_FORWARD("portforward", "port-forward");

  private final String path;
  private final String label;

  SessionKind(String path, String label) {
    this.path = path;
    this.label = label;
  }

  /** The path segment before the token, as in the kubelet's streaming library. */
  public String path() {
    return path;
  }

  /** The word for it, where people read it. */
  public String label() {
    return label;
  }
}
