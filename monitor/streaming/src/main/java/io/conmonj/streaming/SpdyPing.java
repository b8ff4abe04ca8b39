package io.conmonj.streaming;

/**
 * The message by which a client of SPDY sees that the server is there: a PING frame, which is sent
 * back as it came (SPDY/3.1, 2.6.5). Clients of Kubernetes send one every five seconds, and the
 * next one when that was answered.
 */
public final class SpdyPing {
  /** Bytes of the whole frame; the last four are its number. */
  public static final int LENGTH = 12;

  /** Control bit and version, type 6, no flags, and the length of what follows. */
  private static final byte[] BEGINNING = {(byte) 0x80, 3, 0, 6, 0, 0, 0, 4};

  private SpdyPing() {}

  /** How each of them begins. */
  public static byte[] beginning() {
    return BEGINNING.clone();
  }
}
