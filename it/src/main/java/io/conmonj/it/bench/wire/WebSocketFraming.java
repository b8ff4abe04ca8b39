package io.conmonj.it.bench.wire;

import io.conmonj.streaming.peer.UpgradeRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One channel each way of a WebSocket.
 *
 * @param subprotocol to ask for
 * @param base64 whether it is one with text messages; those are received only
 * @param greeting how many bytes the server sends first that are none of the session's
 * @param from the channel of what comes
 * @param to the channel of what is sent
 */
record WebSocketFraming(String subprotocol, boolean base64, int greeting, int from, int to)
    implements Framing {
  /** In version 5, ends a channel. */
  private static final byte END = (byte) 255;

  @Override
  public void open(Wire wire, URI url) throws IOException {
    wire.upgrade(UpgradeRequest.webSocket(url, subprotocol));
    wire.skip(greeting);
  }

  @Override
  public Consumer<ByteBuffer> reader(Payload payload) {
    return new ChannelCounter(base64 ? '0' + from : from, base64, payload).reader();
  }

  @Override
  public ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(FRAMES * (WebSocketFrames.HEADER + 1 + FRAME));
    for (int i = 0; i < FRAMES; i++) {
      WebSocketFrames.put(block, ByteBuffer.allocate(1 + FRAME).put(0, (byte) to));
    }
    return block.flip();
  }

  @Override
  public void end(Wire wire) throws IOException {
    wire.send(WebSocketFrames.of(END, (byte) to));
  }
}
