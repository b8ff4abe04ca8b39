package io.conmonj.streaming;

import java.util.Objects;

/** How the work of a session ended, as its backend sees it. */
public sealed interface Outcome {

  /** The work ended well and has no exit code to tell, as an attachment. */
  record Success() implements Outcome {}

  /**
   * A process ended by itself.
   *
   * @param code its exit code, 0 to 255; 128 + signal number for one that was killed
   */
  record Exited(int code) implements Outcome {
    /** Clients parse the code as an unsigned byte. */
    private static final int MAX_CODE = 255;

    /**
     * @throws IllegalArgumentException if the code is out of range
     */
    public Exited {
      if (code < 0 || code > MAX_CODE) {
        throw new IllegalArgumentException("exit code " + code + " is not within 0 to 255");
      }
    }
  }

  /**
   * The work could not be done or was cut short.
   *
   * @param message the reason, for the person at the client
   */
  record Failed(String message) implements Outcome {
    /** The message is never null. */
    public Failed {
      Objects.requireNonNull(message, "message");
    }
  }
}
