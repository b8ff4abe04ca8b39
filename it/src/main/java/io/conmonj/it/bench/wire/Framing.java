package io.conmonj.it.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** How the bytes of a session are written on a connection. One object for each session. */
interface Framing {
  /** What clients put into one frame. */
  int FRAME = 32 * 1024;

  /** Frames that are sent at once. */
  int FRAMES = 4;

  /** Upgrades the connection and opens what carries the bytes. */
  void open(Wire wire, URI url) throws IOException;

  /** Counts the bytes of the session in what comes, and reads it all. */
  Consumer<ByteBuffer> reader(Payload payload);

  /** Frames that carry {@link #FRAMES} times {@link #FRAME} bytes of zeros, to be sent often. */
  ByteBuffer block();

  /** Ends what this side sends. */
  void end(Wire wire) throws IOException;
}
