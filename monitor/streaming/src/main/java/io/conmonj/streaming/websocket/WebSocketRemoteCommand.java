package io.conmonj.streaming.websocket;

import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;

/** The streams of a remote command session, each on its channel of a WebSocket. */
final class WebSocketRemoteCommand implements ChannelListener, RemoteCommandTransport {
  private final StatusFormat statusFormat;
  private final RemoteCommandRequest request;
  private final StreamingBackend backend;
  private final RemoteCommandSession session;

  private ChannelMessages messages;

  WebSocketRemoteCommand(
      StatusFormat statusFormat,
      RemoteCommandRequest request,
      StreamingBackend backend,
      EventExecutor executor,
      StreamingLimits limits,
      LiveSession live) {
    this.statusFormat = statusFormat;
    this.request = request;
    this.backend = backend;
    this.session = new RemoteCommandSession(request, this, executor, limits, live);
  }

  @Override
  public void opened(ChannelMessages messages) {
    this.messages = messages;
    messages.announce(firstOutput().channel());
    session.start(backend);
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
  public void serverClosing() {
    session.abort("the streaming server is being closed");
  }

  @Override
  public void disconnected() {
    session.disconnected();
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
  public boolean isWritable() {
    return messages.isWritable();
  }

  @Override
  public void setReading(boolean wanted) {
    messages.setReading(wanted);
  }

  @Override
  public void close() {
    messages.close();
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
