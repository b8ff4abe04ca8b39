package io.conmonj.client.remotecommand;

import io.conmonj.client.websocket.WebSocketClientConnection;
import io.conmonj.client.websocket.WebSocketEnd;
import io.conmonj.client.websocket.WebSocketListener;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * Remote command over the WebSocket subprotocols v5 and v4: the first byte of each message names
 * its channel.
 */
final class WebSocketTransport implements WebSocketListener, StreamTransport {
  /** What this transport speaks, the best first. */
  static final List<String> SUBPROTOCOLS = List.of(Subprotocol.V5.name(), Subprotocol.V4.name());

  private final TransportListener session;
  private volatile WebSocketClientConnection connection;

  /** The stream of the message of which frames are still arriving; null if it is to be ignored. */
  private StreamType current;

  private boolean channelByteSeen;

  WebSocketTransport(TransportListener session) {
    this.session = session;
  }

  @Override
  public void opened(WebSocketClientConnection opened) {
    connection = opened;
    session.opened(this);
  }

  @Override
  public void frame(ByteBuf payload, boolean first) {
    if (first) {
      channelByteSeen = false;
    }
    if (!channelByteSeen && payload.isReadable()) {
      channelByteSeen = true;
      current = StreamType.ofChannel(payload.readUnsignedByte());
    }
    // A message without data only announces its channel; unknown channels are to be ignored.
    if (payload.isReadable() && current != null) {
      session.data(current, payload);
    } else {
      payload.release();
    }
  }

  @Override
  public void readComplete() {
    session.readComplete();
  }

  @Override
  public void writable() {
    session.writable();
  }

  @Override
  public void ended(WebSocketEnd end) {
    session.ended(end.describe());
  }

  @Override
  public StatusFormat statusFormat() {
    return StatusFormat.JSON;
  }

  @Override
  public EventLoop loop() {
    return connection.loop();
  }

  @Override
  public boolean onLoop() {
    return loop().inEventLoop();
  }

  @Override
  public boolean canHalfClose() {
    return connection.subprotocol().equals(Subprotocol.V5.name());
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void send(StreamType stream, ByteBuf data) {
    ByteBuf message = Unpooled.buffer(1 + data.readableBytes());
    message.writeByte(stream.channel()).writeBytes(data);
    data.release();
    connection.send(message);
  }

  @Override
  public void halfClose(StreamType stream) {
    if (canHalfClose()) {
      connection.send(
          Unpooled.wrappedBuffer(
              new byte[] {(byte) Subprotocol.END_CHANNEL, (byte) stream.channel()}));
    }
  }

  @Override
  public void read() {
    connection.read();
  }

  @Override
  public void ping() {
    connection.ping();
  }

  @Override
  public void close() {
    connection.close(CloseCode.NORMAL, "");
  }

  @Override
  public void cut() {
    connection.cut();
  }
}
