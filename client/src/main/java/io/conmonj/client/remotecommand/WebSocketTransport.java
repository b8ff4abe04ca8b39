package io.conmonj.client.remotecommand;

import io.conmonj.client.websocket.WebSocketClientConnection;
import io.conmonj.client.websocket.WebSocketEnd;
import io.conmonj.client.websocket.WebSocketListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * Remote command over the WebSocket subprotocols v5 and v4: the first byte of each message names
 * its channel.
 */
final class WebSocketTransport implements WebSocketListener, StreamTransport {
  /** With the close signal for one stream (KEP-4006). */
  static final String V5 = "v5.channel.k8s.io";

  /** Without it: the end of stdin cannot be told. */
  static final String V4 = "v4.channel.k8s.io";

  /** What this transport speaks, the best first. */
  static final List<String> SUBPROTOCOLS = List.of(V5, V4);

  /** First byte of v5's message "this channel is closed", followed by the channel. */
  private static final int CLOSE_SIGNAL = 255;

  private final TransportListener session;
  private volatile WebSocketClientConnection connection;

  /** The stream of the message of which frames are still arriving; null if it is to be ignored. */
  private RemoteStream current;

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
      current = RemoteStream.ofChannel(payload.readUnsignedByte());
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
  public String protocol() {
    return connection.subprotocol();
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
    return connection.subprotocol().equals(V5);
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void send(RemoteStream stream, ByteBuf data) {
    ByteBuf message = Unpooled.buffer(1 + data.readableBytes());
    message.writeByte(stream.channel()).writeBytes(data);
    data.release();
    connection.send(message);
  }

  @Override
  public void halfClose(RemoteStream stream) {
    if (canHalfClose()) {
      connection.send(
          Unpooled.wrappedBuffer(new byte[] {(byte) CLOSE_SIGNAL, (byte) stream.channel()}));
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
    connection.close(WebSocketClientConnection.NORMAL_CLOSURE, "");
  }

  @Override
  public void cut() {
    connection.cut();
  }
}
