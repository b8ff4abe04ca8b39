package io.conmonj.streaming.wire;

import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;

/** Netty's codec of SPDY frames, with the settings that both ends use. */
public final class SpdyCodec {
  /**
   * Bytes of the names and values of one header block; those of Kubernetes clients have less than a
   * hundred. The codec gives a connection up whose block inflates to more than sixteen times as
   * much: compressed blocks that grow without a bound were CVE-2026-35469.
   */
  private static final int MAX_HEADERS = 2 * 1024;

  /** Headers are a few dozen bytes, which the least effort compresses as well as any. */
  private static final int COMPRESSION_LEVEL = 1;

  /** The least that zlib has: its tables are memory that each connection keeps. */
  private static final int WINDOW_BITS = 9;

  /** The least that zlib has, for the same reason. */
  private static final int MEMORY_LEVEL = 1;

  /**
   * What the two directions of header compression take outside the Java heap, in bytes, measured
   * over a thousand connections.
   */
  public static final long COMPRESSION_BYTES = 112 * 1024;

  private SpdyCodec() {}

  /**
   * Makes the codec of one connection. {@link WantedReads} is to stand before it.
   *
   * @param maxChunk a longer DATA frame that comes in is passed on in pieces of this many bytes
   */
  public static SpdyFrameCodec ofConnection(int maxChunk) {
    // Header names are not validated: one with unusual characters is unknown, and so ignored.
    return new SpdyFrameCodec(
        SpdyVersion.SPDY_3_1,
        maxChunk,
        MAX_HEADERS,
        COMPRESSION_LEVEL,
        WINDOW_BITS,
        MEMORY_LEVEL,
        false);
  }

  /**
   * As {@link #ofConnection}, where another server may have to go on with the connection.
   *
   * @param memory counts what is remembered for that
   * @param pinged called when something has come that is {@link SpdyPing}s, or a part of one, and
   *     nothing else
   */
  public static RecordingSpdyCodec recording(int maxChunk, MemoryAccount memory, Runnable pinged) {
    return new RecordingSpdyCodec(
        maxChunk, MAX_HEADERS, COMPRESSION_LEVEL, WINDOW_BITS, MEMORY_LEVEL, memory, pinged);
  }
}
