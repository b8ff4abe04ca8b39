package io.conmonj.it.bench.wire;

import io.conmonj.streaming.peer.UpgradeRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * SPDY within a WebSocket.
 *
 * @param spdy what is in the messages
 */
record TunnelFraming(SpdyFraming spdy) implements Framing {

  @Override
  public void open(Wire wire, URI url) throws IOException {
    wire.upgrade(UpgradeRequest.webSocket(url, "SPDY/3.1+" + spdy.protocol()));
    ByteBuffer syns = spdy.synStreams();
    ByteBuffer message = ByteBuffer.allocate(WebSocketFrames.HEADER + syns.remaining());
    WebSocketFrames.put(message, syns);
    wire.send(message.flip());
  }

  @Override
  public Consumer<ByteBuffer> reader(Payload payload) {
    Consumer<ByteBuffer> inner = spdy.reader(payload);
    return new WebSocketReader(() -> {}, inner)::read;
  }

  /** One message for each SPDY frame. */
  @Override
  public ByteBuffer block() {
    ByteBuffer frames = spdy.block();
    int frame = frames.remaining() / FRAMES;
    ByteBuffer block = ByteBuffer.allocateDirect(FRAMES * (WebSocketFrames.HEADER + frame));
    for (int i = 0; i < FRAMES; i++) {
      WebSocketFrames.put(block, frames.slice(i * frame, frame));
    }
    return block.flip();
  }

  @Override
  public void end(Wire wire) {
    throw new UnsupportedOperationException("nothing here is ended through a tunnel");
  }
}
