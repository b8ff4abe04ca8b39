package io.conmonj.it.bench.wire;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.UpgradeRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Streams of a SPDY connection.
 *
 * @param protocol to ask for
 * @param streams names and values of the headers of each, in order: they get the ids 1, 3, 5, …
 * @param from the id of the one on which bytes come
 * @param to the id of the one on which bytes are sent
 */
record SpdyFraming(String protocol, List<List<String>> streams, int from, int to)
    implements Framing {
  private static final int HEADER = 8;
  private static final int FIN = 1 << 24;

  @Override
  public void open(Wire wire, URI url) throws IOException {
    wire.upgrade(UpgradeRequest.spdy(url, protocol));
    wire.send(synStreams());
  }

  /** The frames that open the streams. */
  ByteBuffer synStreams() {
    ByteBuffer frames = ByteBuffer.allocate(1024);
    try (HeaderFrames opening = new HeaderFrames()) {
      for (int i = 0; i < streams.size(); i++) {
        frames.put(opening.syn(2 * i + 1, streams.get(i).toArray(String[]::new)));
      }
    }
    return frames.flip();
  }

  @Override
  public Consumer<ByteBuffer> reader(Payload payload) {
    return new SpdyReader(from, payload)::read;
  }

  @Override
  public ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(FRAMES * (HEADER + FRAME));
    for (int i = 0; i < FRAMES; i++) {
      block.putInt(to).putInt(FRAME).put(new byte[FRAME]);
    }
    return block.flip();
  }

  @Override
  public void end(Wire wire) throws IOException {
    wire.send(ByteBuffer.allocate(HEADER).putInt(to).putInt(FIN).flip());
  }
}
