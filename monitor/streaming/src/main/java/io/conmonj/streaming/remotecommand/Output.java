package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;

/** One of the two output streams, as the backend sees it. */
final class Output implements OutboundStream {
  private final RemoteCommandSession session;
  private final StreamType type;
  private Runnable writableAction;
  private boolean ended;

  Output(RemoteCommandSession session, StreamType type) {
    this.session = session;
    this.type = type;
  }

  @Override
  public void write(ByteBuf bytes) {
    if (ended) {
      bytes.release();
      throw new IllegalStateException("write to " + type + " after its end");
    }
    session.write(type, bytes);
  }

  @Override
  public boolean isWritable() {
    return session.isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    writableAction = action;
  }

  @Override
  public void end() {
    if (!ended) {
      ended = true;
      session.end(type);
    }
  }

  boolean isEnded() {
    return ended;
  }

  /** Another server has been told the end of it. */
  void endedBefore(boolean itHas) {
    ended = itHas;
  }

  /** The session may take bytes again. */
  void writable() {
    if (writableAction != null && !ended && isWritable()) {
      writableAction.run();
    }
  }
}
