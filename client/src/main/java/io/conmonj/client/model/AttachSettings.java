package io.conmonj.client.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How a client is attached. Only conmonj's own interface knows these. No part is ever null.
 *
 * @param replayBytes how much of the container's latest output comes first, not negative; no more
 *     comes than the monitor keeps (its flag {@code --attach-replay-bytes})
 * @param stdinOnce whether the end of this session's input is the end of the container's, unless
 *     that has a terminal; the session then goes on to the container's end. Otherwise it ends the
 *     session only
 * @param detachKeys what is typed to end the session, such as {@code ctrl-p,ctrl-q}; needs standard
 *     input and a container with a terminal
 */
public record AttachSettings(int replayBytes, boolean stdinOnce, Optional<String> detachKeys) {
  /** What happens from now on, in a session that may come and go. */
  public static final AttachSettings NONE = new AttachSettings(0, false, Optional.empty());

  /** Checks the values. */
  public AttachSettings {
    Objects.requireNonNull(detachKeys);
    if (replayBytes < 0) {
      throw new IllegalArgumentException("replay of " + replayBytes + " bytes");
    }
  }

  /**
   * Returns these settings with a replay.
   *
   * @param bytes how much of the latest output comes first
   * @return new settings, never null
   */
  public AttachSettings withReplay(int bytes) {
    return new AttachSettings(bytes, stdinOnce, detachKeys);
  }

  /**
   * Returns these settings for the container's only source of input.
   *
   * @return new settings, never null
   */
  public AttachSettings withStdinOnce() {
    return new AttachSettings(replayBytes, true, detachKeys);
  }

  /**
   * Returns these settings with keys to detach.
   *
   * @param keys such as {@code ctrl-p,ctrl-q}
   * @return new settings, never null
   */
  public AttachSettings withDetachKeys(String keys) {
    return new AttachSettings(replayBytes, stdinOnce, Optional.of(keys));
  }
}
