package io.conmonj.streaming.wire;

import io.conmonj.streaming.frozen.StateWriter;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyStreamStatus;

/**
 * One stream of a SPDY connection, whichever side has opened it, until both sides have ended or one
 * has reset it. Whatever is written after that is dropped. Used on the connection's event loop
 * thread, but for {@link #write}.
 */
public final class SpdyStream {
  private final SpdyStreams streams;
  private final int id;

  /** Null for a stream that the peer opened, until it is accepted. */
  private SpdyStreamListener listener;

  private boolean acceptedByPeer;

  /** Looked at by whatever thread writes. */
  private volatile boolean localEnded;

  private boolean remoteEnded;

  SpdyStream(SpdyStreams streams, int id, SpdyStreamListener listener) {
    this.streams = streams;
    this.id = id;
    this.listener = listener;
  }

  SpdyStream(
      SpdyStreams streams,
      int id,
      SpdyStreamListener listener,
      boolean localEnded,
      boolean remoteEnded) {
    this(streams, id, listener);
    this.localEnded = localEnded;
    this.remoteEnded = remoteEnded;
  }

  /** Its number, chosen by the side that opened it. */
  public int id() {
    return id;
  }

  /** Writes down its number, and which of its sides have ended. */
  public void freeze(StateWriter out) {
    out.number(id).flag(localEnded).flag(remoteEnded);
  }

  /** Takes a stream that the peer opened, and delivers what it sends from now on. */
  public void accept(SpdyStreamListener listener) {
    this.listener = listener;
    streams.owner().sendReply(id);
  }

  /**
   * Sends bytes. On any thread, if the connection's {@link SpdyStreamOwner#sendData} allows it.
   *
   * @param bytes owned by this method
   */
  public void write(ByteBuf bytes) {
    if (localEnded || !bytes.isReadable()) {
      bytes.release();
    } else {
      streams.owner().sendData(id, bytes);
    }
  }

  /** Ends this side. Again or after a reset: does nothing. */
  public void end() {
    if (!localEnded) {
      localEnded = true;
      streams.owner().sendEnd(id);
      removeIfEnded();
    }
  }

  /**
   * Ends both sides at once; also the way to refuse a stream. Does nothing when both have ended.
   */
  public void reset(SpdyStreamStatus status) {
    if (!localEnded || !remoteEnded) {
      abandon();
      streams.owner().sendReset(id, status);
    }
  }

  /** Ends both sides at once, as nobody needs the stream any more. */
  public void cancel() {
    reset(SpdyStreamStatus.CANCEL);
  }

  /** The peer's SYN_STREAM or SYN_REPLY said that nothing follows it. */
  public void receivedEnd() {
    if (!remoteEnded) {
      remoteEnded = true;
      removeIfEnded();
      listener.ended();
    }
  }

  /** The peer gave the stream up, or there is no connection that could ask it to take it. */
  public void receivedReset() {
    abandon();
    listener.reset();
  }

  /** Nothing more is sent on it, and what the peer sends is still taken. */
  void silence() {
    localEnded = true;
  }

  void receivedReply() {
    if (!acceptedByPeer) {
      acceptedByPeer = true;
      listener.accepted();
    }
  }

  /** DATA came; what comes behind the peer's end is dropped. */
  void received(ByteBuf bytes, boolean last) {
    if (remoteEnded || !bytes.isReadable()) {
      bytes.release();
    } else {
      listener.data(bytes);
    }
    if (last) {
      receivedEnd();
    }
  }

  private void abandon() {
    localEnded = true;
    remoteEnded = true;
    streams.remove(id);
  }

  private void removeIfEnded() {
    if (localEnded && remoteEnded) {
      streams.remove(id);
    }
  }
}
