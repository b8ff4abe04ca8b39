package io.conmonj.it.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** No frames at all: what the transports are measured against. */
record PlainFraming() implements Framing {

  @Override
  public void open(Wire wire, URI url) {
    // There is nothing to agree on.
  }

  @Override
  public Consumer<ByteBuffer> reader(Payload payload) {
    return bytes -> {
      payload.add(bytes.remaining());
      bytes.position(bytes.limit());
    };
  }

  @Override
  public ByteBuffer block() {
    return ByteBuffer.allocateDirect(FRAMES * FRAME);
  }

  @Override
  public void end(Wire wire) throws IOException {
    wire.shutdownOutput();
  }
}
