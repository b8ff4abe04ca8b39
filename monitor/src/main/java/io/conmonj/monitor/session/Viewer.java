package io.conmonj.monitor.session;

import io.conmonj.monitor.stdio.OutputListener;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries a container's output to one client. While the client does not keep up, its output waits
 * in its subscription, up to that one's bound; other clients are not held back. Loop thread only.
 */
final class Viewer implements OutputListener {
  private final SessionStreams streams;
  private final Consumer<Outcome> end;
  private Subscription output;

  /**
   * @param end told when the output is over or the client has fallen too far behind
   */
  Viewer(SessionStreams streams, Consumer<Outcome> end) {
    this.streams = streams;
    this.end = end;
  }

  /** Sets what is carried; before the first output. */
  void follow(Subscription subscription) {
    output = subscription;
    streams.stdout().ifPresent(to -> to.onWritable(this::goOn));
    streams.stderr().ifPresent(to -> to.onWritable(this::goOn));
  }

  @Override
  public void onOutput(StdStream stream, ByteBuf bytes) {
    Optional<OutboundStream> to =
        switch (stream) {
          case STDOUT -> streams.stdout();
          case STDERR -> streams.stderr();
        };
    if (to.isEmpty()) {
      bytes.release();
      return;
    }
    to.get().write(own(bytes));
    if (!to.get().isWritable()) {
      output.pause();
    } else if (!streams.memory().hasRoom()) {
      output.pause();
      streams.memory().whenRoom(this::goOn);
    }
  }

  /**
   * The same bytes in memory of the client's own. A share would keep what was read from the
   * container, and a hundred clients that have stopped at a hundred places a hundred of those.
   */
  private ByteBuf own(ByteBuf bytes) {
    try {
      int length = bytes.readableBytes();
      ByteBuf own = streams.memory().allocator().directBuffer(ReadBuffer.HEADROOM + length);
      return own.setIndex(ReadBuffer.HEADROOM, ReadBuffer.HEADROOM).writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  private void goOn() {
    if (streams.stdout().map(OutboundStream::isWritable).orElse(true)
        && streams.stderr().map(OutboundStream::isWritable).orElse(true)) {
      output.resume();
    }
  }

  @Override
  public void onEnd() {
    end.accept(new Outcome.Success());
  }

  @Override
  public void onOverrun(long missedBytes) {
    end.accept(
        new Outcome.Failed(
            "the client did not keep up with the container's output and missed "
                + missedBytes
                + " bytes"));
  }
}
