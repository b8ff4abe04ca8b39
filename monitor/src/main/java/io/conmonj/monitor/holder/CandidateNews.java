package io.conmonj.monitor.holder;

import io.conmonj.kernel.Packet;
import io.conmonj.monitor.loop.EventLoop;
import java.nio.charset.StandardCharsets;

/**
 * What has been read of how one worker follows another. To note it takes no memory. Loop thread
 * only.
 */
final class CandidateNews {
  // what a verdict says of a candidate
  private static final int READY = 1;
  private static final int FAILED = 2;

  /** Null unless this worker has started another. */
  private byte[] text;

  private int textLength;
  private int verdict;
  private boolean takeOver;
  private boolean active;
  private boolean released;

  /** Makes room for what becomes of a candidate, and forgets the one before. */
  void begin() {
    text = new byte[Protocol.TEXT_BYTES];
    verdict = 0;
  }

  void read(int kind, Packet packet) {
    if (kind == Protocol.CANDIDATE && text != null) {
      verdict = packet.getInt(Protocol.HEADER_BYTES);
      textLength = Math.min(text.length, packet.getInt(Protocol.HEADER_BYTES + 4));
      packet.getBytes(Protocol.HEADER_BYTES + 8, text, 0, textLength);
    }
    takeOver |= kind == Protocol.TAKE_OVER;
    active |= kind == Protocol.ACTIVE;
    released |= kind == Protocol.RELEASED;
  }

  /** Whether the candidate, which this one has started, has failed. */
  boolean hasFailed() {
    return verdict == FAILED;
  }

  /** Why it has; from here on it counts as told. */
  String takeFailure() {
    verdict = 0;
    return new String(text, 0, textLength, StandardCharsets.UTF_8);
  }

  /** Whether this worker, a candidate, is to take over. */
  boolean isToTakeOver() {
    return takeOver;
  }

  /** Whether this worker was a candidate, and is the active one. */
  boolean isActive() {
    return active;
  }

  /** Whether this worker is to end, for the candidate is the active one. */
  boolean isReleased() {
    return released;
  }

  /** Tells what has not been told. */
  void tell(EventLoop loop, HolderEvents listener) {
    int told = verdict;
    if (told != READY && told != FAILED) {
      return;
    }
    try {
      if (told == READY) {
        verdict = 0;
        listener.candidateReady();
      } else {
        listener.candidateFailed(takeFailure());
      }
    } catch (Exception failed) {
      loop.contain("news of another worker were not dealt with", failed);
    }
  }
}
