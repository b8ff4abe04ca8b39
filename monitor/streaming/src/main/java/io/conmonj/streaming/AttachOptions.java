package io.conmonj.streaming;

import java.util.Optional;

/**
 * How a client is attached. A backend that keeps no output replays none.
 *
 * @param replayBytes how much of the latest output to begin with, if so much is kept; 0 for nothing
 * @param stdinOnce whether the end of this client's input is the end of the target's, unless that
 *     has a terminal; otherwise the client is detached by it
 * @param detachKeys what the client types to end its session
 */
public record AttachOptions(int replayBytes, boolean stdinOnce, Optional<DetachKeys> detachKeys) {

  /** What happens from now on, for a client that may come and go. */
  public static final AttachOptions NONE = new AttachOptions(0, false, Optional.empty());

  /**
   * @throws IllegalArgumentException if the number of bytes is negative
   */
  public AttachOptions {
    if (replayBytes < 0) {
      throw new IllegalArgumentException("replay of " + replayBytes + " bytes");
    }
  }
}
