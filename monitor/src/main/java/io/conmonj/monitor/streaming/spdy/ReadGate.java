package io.conmonj.monitor.streaming.spdy;

import io.netty.channel.Channel;

/**
 * Whether a connection reads. It does not while the receiver of a stream wants no more; nor while a
 * client that does not read makes the server answer: the answers to its pings and streams would
 * fill the memory.
 */
final class ReadGate {
  /** Answers to keep for a client that does not read; each takes some hundred bytes. */
  private static final int MAX_WAITING_REPLIES = 1024;

  private final Channel channel;
  private boolean wanted = true;
  private int waitingReplies;

  ReadGate(Channel channel) {
    this.channel = channel;
  }

  /** Whether the receivers of the streams want more. */
  void setWanted(boolean wanted) {
    this.wanted = wanted;
    update();
  }

  /** An answer was written. */
  void replied() {
    if (!channel.isWritable() && ++waitingReplies == MAX_WAITING_REPLIES) {
      update();
    }
  }

  /** To be called when the channel has become writable, or is no longer. */
  void writabilityChanged() {
    if (channel.isWritable() && waitingReplies > 0) {
      waitingReplies = 0;
      update();
    }
  }

  /** Reads whatever comes, to see the end. */
  void open() {
    wanted = true;
    waitingReplies = 0;
    update();
  }

  private void update() {
    channel.config().setAutoRead(wanted && waitingReplies < MAX_WAITING_REPLIES);
  }
}
