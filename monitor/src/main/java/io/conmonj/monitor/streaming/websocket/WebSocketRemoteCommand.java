package io.conmonj.monitor.streaming.websocket;

import io.conmonj.monitor.streaming.RemoteCommandRequest;
import io.conmonj.monitor.streaming.Stdio;
import io.conmonj.monitor.streaming.StreamingBackend;
import io.conmonj.monitor.streaming.StreamingLimits;
import io.conmonj.monitor.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.monitor.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.monitor.streaming.remotecommand.StatusFormat;
import io.conmonj.monitor.streaming.remotecommand.StreamKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;

/**
 * The streams of a remote command session as messages: the first byte of each is the channel, the
 * rest are bytes of that channel's stream.
 */
final class WebSocketRemoteCommand implements MessageListener, RemoteCommandTransport {
  /** In version 5: the message's second and last byte is the channel that the client ends. */
  private static final int END_CHANNEL = 255;

  /** What the bytes of the message being read are for. */
  private enum Reading {
    CHANNEL,
    STREAM,
    CHANNEL_TO_END,
    /** Nothing may follow. */
    END_COMPLETE,
    IGNORED
  }

  private final Subprotocol subprotocol;
  private final RemoteCommandRequest request;
  private final StreamingBackend backend;
  private final RemoteCommandSession session;

  private WebSocketConnection connection;
  private Reading reading;
  private StreamKind stream;

  WebSocketRemoteCommand(
      Subprotocol subprotocol,
      RemoteCommandRequest request,
      StreamingBackend backend,
      EventExecutor executor,
      StreamingLimits limits) {
    this.subprotocol = subprotocol;
    this.request = request;
    this.backend = backend;
    this.session = new RemoteCommandSession(request, this, executor, limits);
  }

  @Override
  public void opened(WebSocketConnection connection) {
    this.connection = connection;
    connection.send(Channels.number(firstOutput()), Unpooled.EMPTY_BUFFER);
    session.start(backend);
  }

  @Override
  public void messageStarted(boolean text) {
    // Clients send either type, and mean the same by it.
    reading = Reading.CHANNEL;
  }

  @Override
  public void messageBytes(ByteBuf bytes) throws WebSocketException {
    if (reading == Reading.CHANNEL) {
      channel(bytes.readUnsignedByte());
    }
    if (reading == Reading.STREAM) {
      session.received(stream, bytes);
      return;
    }
    try {
      if (bytes.isReadable()) {
        endMessage(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void messageEnded() throws WebSocketException {
    if (reading == Reading.CHANNEL_TO_END) {
      throw invalidEnd();
    }
    if (reading == Reading.END_COMPLETE) {
      session.ended(stream);
    }
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
    return subprotocol.status();
  }

  @Override
  public void write(StreamKind stream, ByteBuf bytes) {
    connection.send(Channels.number(stream), bytes);
  }

  @Override
  public void end(StreamKind stream) {
    // Only a client can end a channel: clients take the message for an unknown channel or an error.
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void setReading(boolean wanted) {
    connection.setReading(wanted);
  }

  @Override
  public void close() {
    connection.close();
  }

  private void channel(int number) {
    stream = Channels.stream(number);
    if (number == END_CHANNEL && subprotocol.halfClose()) {
      reading = Reading.CHANNEL_TO_END;
    } else {
      reading = stream == null ? Reading.IGNORED : Reading.STREAM;
    }
  }

  private void endMessage(ByteBuf bytes) throws WebSocketException {
    if (reading == Reading.CHANNEL_TO_END) {
      stream = Channels.stream(bytes.readUnsignedByte());
      reading = Reading.END_COMPLETE;
    }
    if (reading == Reading.END_COMPLETE && (stream == null || bytes.isReadable())) {
      throw invalidEnd();
    }
  }

  private static WebSocketException invalidEnd() {
    return new WebSocketException(
        CloseCode.PROTOCOL_ERROR, "message on channel 255 is not one channel number");
  }

  /** Where the message goes that tells the client that the session is up. */
  private StreamKind firstOutput() {
    Stdio stdio = request.stdio();
    if (stdio.stdout()) {
      return StreamKind.STDOUT;
    }
    return stdio.separateStderr() ? StreamKind.STDERR : StreamKind.ERROR;
  }
}
