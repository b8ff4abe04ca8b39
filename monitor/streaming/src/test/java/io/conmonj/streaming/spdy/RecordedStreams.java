package io.conmonj.streaming.spdy;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.SpdyStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A connection in memory that accepts every stream and notes what comes on it. */
final class RecordedStreams implements ConnectionListener {
  /** By stream: its headers, its bytes, its end. */
  final Map<Integer, StringBuilder> streams = new LinkedHashMap<>();

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new SpdyInitializer(
              this,
              SpdyInitializer.MAX_CHUNK,
              MemoryAccount.open("compression", 1 << 20, Runnable::run),
              StreamingLimits.DEFAULT,
              last -> LingeringClose.after(last, StreamingLimits.DEFAULT.errorLinger()),
              () -> {},
              null));

  /** Feeds a chunk. */
  void receive(byte[] bytes, int from, int length) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, from, length));
    }
  }

  /** All that the server wrote; ends the connection. */
  String sent() {
    StringBuilder hex = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      hex.append(ByteBufUtil.hexDump(part));
      part.release();
    }
    channel.finishAndReleaseAll();
    return hex.toString();
  }

  @Override
  public void opened(SpdyConnection connection) {}

  @Override
  public void streamOpened(SpdyStream stream, SpdyHeaders headers) {
    Map<String, String> sorted = new TreeMap<>();
    headers.forEach(
        header ->
            sorted.merge(header.getKey().toString(), header.getValue().toString(), String::concat));
    StringBuilder events = new StringBuilder(sorted.toString());
    streams.put(stream.id(), events);
    stream.accept(
        new SpdyStreamListener() {
          @Override
          public void data(ByteBuf bytes) {
            events.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
          }

          @Override
          public void ended() {
            events.append(" end");
          }

          @Override
          public void reset() {
            events.append(" reset");
          }
        });
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void failing(String reason) {
    // What follows is looked at.
  }

  @Override
  public void disconnected() {
    streams.put(0, new StringBuilder("disconnected"));
  }

  @Override
  public void lost(Throwable cause) {
    throw new AssertionError("everything can be sent", cause);
  }

  @Override
  public long sessionId() {
    return 1;
  }

  @Override
  public void freeze(StateWriter out) {
    throw new AssertionError("nobody has it moved");
  }

  @Override
  public void thaw(SpdyConnection connection, SpdyStreams streams, StateReader in) {
    throw new AssertionError("it was never moved");
  }

  @Override
  public void goOn() {
    throw new AssertionError("it was never moved");
  }

  @Override
  public void letGo() {
    throw new AssertionError("nobody has it moved");
  }
}
