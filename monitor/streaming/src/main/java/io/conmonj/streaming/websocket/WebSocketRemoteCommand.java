package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;

/** The streams of a remote command session, each on its channel of a WebSocket. */
final class WebSocketRemoteCommand implements ChannelListener, RemoteCommandTransport {
  private final StatusFormat statusFormat;
  private final SessionKind kind;

  /** Null once the session has begun. */
  private RemoteCommandRequest request;

  private final RemoteCommandSession session;

  private ChannelMessages messages;

  WebSocketRemoteCommand(
      Subprotocol subprotocol, RemoteCommandRequest request, SessionFactory sessions) {
    this.statusFormat = subprotocol.status();
    this.kind = request.kind();
    this.request = request;
    this.session = sessions.remoteCommand(request, subprotocol.title(), this);
  }

  /**
   * As the other one, of a session that another server has had.
   *
   * @param in what that has written down, behind the kind
   */
  WebSocketRemoteCommand(
      Subprotocol subprotocol, SessionKind kind, StateReader in, SessionFactory sessions)
      throws UnreadableStateException {
    this.statusFormat = subprotocol.status();
    this.kind = kind;
    this.session = sessions.remoteCommand(kind, in, this);
  }

  @Override
  public void opened(ChannelMessages messages) {
    this.messages = messages;
    session.opened();
    messages.announce(firstOutput().channel());
    request = null;
    session.start();
  }

  @Override
  public void received(int channel, ByteBuf bytes) {
    session.received(StreamType.ofChannel(channel), bytes);
  }

  @Override
  public void ended(int channel) {
    session.ended(StreamType.ofChannel(channel));
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void disconnected() {
    session.disconnected();
  }

  @Override
  public void lost(Throwable cause) {
    session.lost(cause);
  }

  @Override
  public long sessionId() {
    return session.id();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    out.word(kind);
    session.freeze(out);
  }

  @Override
  public void thaw(ChannelMessages messages, StateReader in) throws UnreadableStateException {
    this.messages = messages;
    session.thaw(in);
  }

  @Override
  public void goOn() {
    session.goOn();
  }

  @Override
  public void letGo() {
    session.letGo();
  }

  @Override
  public StatusFormat statusFormat() {
    return statusFormat;
  }

  @Override
  public void write(StreamType stream, ByteBuf bytes) {
    messages.send(stream.channel(), bytes);
  }

  @Override
  public void end(StreamType stream) {
    // Only a client can end a channel: clients take the message for an unknown channel or an error.
  }

  @Override
  public MemoryAccount memory() {
    return messages.memory();
  }

  @Override
  public boolean isWritable() {
    return messages.isWritable();
  }

  @Override
  public boolean closedInOrder() {
    return messages.closedInOrder();
  }

  @Override
  public void setReading(boolean wanted) {
    messages.setReading(wanted);
  }

  @Override
  public void close() {
    messages.close();
  }

  @Override
  public void cut(Throwable cause) {
    messages.cut(cause);
  }

  /** Where the message goes that tells the client that the session is up. */
  private StreamType firstOutput() {
    Stdio stdio = request.stdio();
    if (stdio.stdout()) {
      return StreamType.STDOUT;
    }
    return stdio.separateStderr() ? StreamType.STDERR : StreamType.ERROR;
  }
}
