package io.conmonj.streaming.spdy;

import io.conmonj.streaming.socket.PeerEnd;
import io.conmonj.streaming.socket.Reading;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The reasons of SPDY against reading a connection: the receiver of a stream wants no more; or a
 * client that does not read makes the server answer: the answers to its pings and streams would
 * fill the memory.
 *
 * <p>While nothing is read, a client's end is not seen either. So the kernel is asked now and then
 * whether it has come; if so, the connection is read again: what is left in the socket is bounded,
 * and behind it is the end.
 */
final class ReadGate {
  /** Answers to keep for a client that does not read; each takes some hundred bytes. */
  private static final int MAX_WAITING_REPLIES = 1024;

  /** How often the kernel is asked whether a client from which nothing is read has gone. */
  private static final long CHECK_SECONDS = 10;

  private final Channel channel;
  private final Reading reading;
  private int waitingReplies;

  /** Null while the connection reads. */
  private Future<?> check;

  ReadGate(Channel channel) {
    this.channel = channel;
    this.reading = Reading.of(channel);
    reading.onChange(this::changed);
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

  private void changed() {
    if (reading.isOn() && check != null) {
      check.cancel(false);
      check = null;
    } else if (!reading.isOn() && check == null) {
      check =
          channel
              .eventLoop()
              .scheduleAtFixedRate(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void check() {
    if (PeerEnd.hasCome(channel)) {
      open();
    }
  }
}
