package io.conmonj.streaming.spdy;

import io.conmonj.streaming.socket.Reading;
import io.netty.channel.Channel;

/**
 * The reasons of SPDY against reading a connection: the receiver of a stream wants no more; or a
 * client that does not read makes the server answer: the answers to its pings and streams would
 * fill the memory.
 */
final class ReadGate {
  /** Answers to keep for a client that does not read; each takes some hundred bytes. */
  private static final int MAX_WAITING_REPLIES = 1024;

  private final Channel channel;
  private final Reading reading;
  private int waitingReplies;

  ReadGate(Channel channel) {
    this.channel = channel;
    this.reading = Reading.of(channel);
  }

  /** Whether the receivers of the streams want more. */
  void setWanted(boolean wanted) {
    reading.set(Reading.Reason.RECEIVER, !wanted);
  }

  /** An answer was written. */
  void replied() {
    if (!channel.isWritable() && ++waitingReplies == MAX_WAITING_REPLIES) {
      reading.set(Reading.Reason.ANSWERS, true);
    }
  }

  /** To be called when the channel has become writable, or is no longer. */
  void writabilityChanged() {
    if (channel.isWritable() && waitingReplies > 0) {
      waitingReplies = 0;
      reading.set(Reading.Reason.ANSWERS, false);
    }
  }

  /** Reads whatever comes, wanted or not, to see the end of the connection. */
  void open() {
    reading.drain();
  }
}
