package io.conmonj.streaming;

/** How sessions end, as far as they are counted: few words, so that a count of each is cheap. */
public enum SessionEnd {
  /** Its work was done: a command with any exit code, a container that has ended. */
  FINISHED("finished"),

  /** Its work could not be done, or not be begun. */
  FAILED("failed"),

  /** Its client closed or lost the connection. */
  CLIENT_LEFT("client-left"),

  /** It carried nothing for longer than it may. */
  IDLE("idle"),

  /** Its client took nothing for a while, and others needed its place. */
  GAVE_WAY("gave-way"),

  /** Somebody asked for its end. */
  REQUESTED("requested"),

  /** The server was closed. */
  CLOSED("closed"),

  /** Its client broke the protocol, or its connection failed. */
  ABORTED("aborted");

  private final String label;

  SessionEnd(String label) {
    this.label = label;
  }

  /** The word for it. */
  public String label() {
    return label;
  }
}
