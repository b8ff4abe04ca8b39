package io.conmonj.streaming.spdy;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.portforward.Pair;
import io.conmonj.streaming.portforward.PairStreams;
import io.conmonj.streaming.portforward.PortForwardSession;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.SpdyStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The two streams of one forwarded connection. */
final class SpdyPair implements PairStreams {
  private final String requestId;
  private final PortForwardSession session;
  private final Runnable whenForgotten;
  private final Pair pair;

  private Future<?> expiry;

  /** Null until the client opens them. */
  private SpdyStream data;

  private SpdyStream error;

  private int port;

  /**
   * @param requestId the client's number for it
   * @param session to which it belongs
   * @param whenForgotten called when the number is free again
   */
  SpdyPair(String requestId, PortForwardSession session, Runnable whenForgotten) {
    this.requestId = requestId;
    this.session = session;
    this.whenForgotten = whenForgotten;
    this.pair = session.open(this);
  }

  /** Gives it up if it is not complete within a time. */
  void expireAfter(EventExecutor executor, Duration time) {
    expiry =
        executor.schedule(
            () -> pair.fail("(request=" + requestId + ") timed out waiting for streams"),
            time.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  boolean has(boolean isData) {
    return isData ? data != null : error != null;
  }

  /** Adds one of the two; with the second the connection is made, to the port of the data. */
  void add(SpdyStream stream, boolean isData, int port) {
    if (isData) {
      data = stream;
      this.port = port;
      stream.accept(new DataInput());
    } else {
      error = stream;
      stream.accept(new ErrorInput());
    }
    if (isComplete()) {
      stopExpiry();
      session.connect(pair, this.port);
    }
  }

  private boolean isComplete() {
    return data != null && error != null;
  }

  /**
   * Writes it down, but for its number.
   *
   * @param name of the target's socket, among those that belong to the same connection
   */
  void freeze(StateWriter out, String name) throws CannotMoveException {
    out.number(port).flag(data != null).flag(error != null);
    if (data != null) {
      data.freeze(out);
    }
    if (error != null) {
      error.freeze(out);
    }
    pair.freeze(out, name);
    if (!isComplete()) {
      out.dueNow();
    }
  }

  /**
   * Goes on where another server has been.
   *
   * @param name as it was written down
   */
  void thaw(StateReader in, SpdyStreams streams, String name) throws UnreadableStateException {
    port = in.number();
    boolean hasData = in.flag();
    boolean hasError = in.flag();
    data = hasData ? streams.thaw(in, new DataInput()) : null;
    error = hasError ? streams.thaw(in, new ErrorInput()) : null;
    pair.thaw(in, name);
  }

  /** Called once behind {@link #thaw}; one that is not complete waits for its streams anew. */
  void goOn(EventExecutor executor, Duration time) {
    if (!isComplete()) {
      expireAfter(executor, time);
    } else if (!pair.goOn()) {
      session.connect(pair, port);
    }
  }

  /** Sends text on the error stream, if there is one; clients end their connection upon any. */
  void complain(String message) {
    if (error != null) {
      error.write(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8));
    }
  }

  /** Frees its number: a stream that comes with it now belongs to another pair. */
  void forget() {
    stopExpiry();
    whenForgotten.run();
  }

  // Null where there was no memory for it; the connection ends for that.
  private void stopExpiry() {
    if (expiry != null) {
      expiry.cancel(false);
    }
  }

  @Override
  public void write(ByteBuf bytes) {
    data.write(bytes);
  }

  @Override
  public void end() {
    data.end();
    // Nothing can fail any more, and kubectl 1.27 to 1.31 does not close its local connection
    // before both have ended.
    error.end();
  }

  @Override
  public void done() {
    forget();
    if (data != null) {
      data.end();
    }
    if (error != null) {
      error.end();
    }
  }

  /**
   * Says nothing on the error stream: clients take any text on it as a reason to give up all their
   * other connections too.
   */
  @Override
  public void reset() {
    forget();
    if (data != null) {
      data.cancel();
    }
    if (error != null) {
      error.end();
    }
  }

  @Override
  public void fail(String message) {
    forget();
    try {
      complain(message);
    } finally {
      if (data != null) {
        data.cancel();
      }
      if (error != null) {
        error.cancel();
      }
    }
  }

  private final class DataInput implements SpdyStreamListener {
    @Override
    public void data(ByteBuf bytes) {
      pair.received(bytes);
    }

    @Override
    public void ended() {
      pair.ended();
    }

    @Override
    public void reset() {
      pair.reset();
    }
  }

  /** Clients say nothing on the error stream; they end their side of it at once. */
  private static final class ErrorInput implements SpdyStreamListener {
    @Override
    public void data(ByteBuf bytes) {
      bytes.release();
    }

    @Override
    public void ended() {
      // As expected.
    }

    @Override
    public void reset() {
      // Then nobody reads what would be said on it.
    }
  }
}
