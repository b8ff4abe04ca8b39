package io.conmonj.streaming.wire;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.util.collection.IntObjectHashMap;

/**
 * The streams of one connection that have not ended. It gives each frame to its stream; a frame for
 * a stream that is not there is dropped, for it may have been under way when the stream ended. Used
 * on the event loop thread only.
 */
public final class SpdyStreams {
  private final SpdyStreamOwner owner;
  private final IntObjectHashMap<SpdyStream> streams = new IntObjectHashMap<>();

  /**
   * @param owner the connection
   */
  public SpdyStreams(SpdyStreamOwner owner) {
    this.owner = owner;
  }

  /**
   * Adds a stream that this side opens.
   *
   * @param id its number, never used before
   */
  public SpdyStream open(int id, SpdyStreamListener listener) {
    SpdyStream stream = new SpdyStream(this, id, listener);
    streams.put(id, stream);
    return stream;
  }

  /**
   * Adds a stream that the peer opens. It is to be answered before anything else is received, by
   * {@link SpdyStream#accept} or {@link SpdyStream#reset}.
   *
   * @param id its number, never used before
   */
  public SpdyStream openedByPeer(int id) {
    return open(id, null);
  }

  /**
   * Adds a stream that the peer opened to another server, which has taken it.
   *
   * @param in what {@link SpdyStream#freeze} has written there
   */
  public SpdyStream thaw(StateReader in, SpdyStreamListener listener)
      throws UnreadableStateException {
    int id = in.number();
    boolean localEnded = in.flag();
    boolean remoteEnded = in.flag();
    SpdyStream stream = new SpdyStream(this, id, listener, localEnded, remoteEnded);
    if (!localEnded || !remoteEnded) {
      streams.put(id, stream);
    }
    return stream;
  }

  /** How many there are. */
  public int size() {
    return streams.size();
  }

  /** Forgets all of them without telling their listeners. */
  public void clear() {
    streams.clear();
  }

  /** The peer takes a stream that this side has opened. */
  public void received(SpdySynReplyFrame reply) {
    SpdyStream stream = streams.get(reply.streamId());
    if (stream != null) {
      stream.receivedReply();
      if (reply.isLast()) {
        stream.receivedEnd();
      }
    }
  }

  /**
   * Bytes came, or an end, or both.
   *
   * @param data owned by this method
   */
  public void received(SpdyDataFrame data) {
    SpdyStream stream = streams.get(data.streamId());
    if (stream == null) {
      data.release();
    } else {
      stream.received(data.content(), data.isLast());
    }
  }

  /** The peer gives a stream up. */
  public void received(SpdyRstStreamFrame reset) {
    SpdyStream stream = streams.get(reset.streamId());
    if (stream != null) {
      stream.receivedReset();
    }
  }

  SpdyStreamOwner owner() {
    return owner;
  }

  void remove(int id) {
    streams.remove(id);
  }

  /** Drops what is still written to a stream, if there is one of that number. */
  public void silence(int id) {
    SpdyStream stream = streams.get(id);
    if (stream != null) {
      stream.silence();
    }
  }
}
