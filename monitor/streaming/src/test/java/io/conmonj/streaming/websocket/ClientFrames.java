package io.conmonj.streaming.websocket;

import java.io.ByteArrayOutputStream;

/** Encodes frames as a client does: masked. Independent of the code under test. */
public final class ClientFrames {
  public static final int FIN = 0x80;
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final int MASKED = 0x80;
  private static final byte[] MASK = {0x11, (byte) 0xA2, 0x33, (byte) 0xF4};

  private ClientFrames() {}

  /** A frame with its length in the shortest form. */
  public static byte[] frame(int firstByte, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.writeBytes(header(firstByte, payload.length));
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % MASK.length];
    }
    frame.writeBytes(masked);
    return frame.toByteArray();
  }

  /** What comes before the payload, with the mask. */
  public static byte[] header(int firstByte, long length) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(firstByte);
    if (length < 126) {
      header.write(MASKED | (int) length);
    } else if (length < 0x10000) {
      header.write(MASKED | 126);
      header.write((int) length >> 8);
      header.write((int) length);
    } else {
      header.write(MASKED | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        header.write((int) (length >> shift));
      }
    }
    header.writeBytes(MASK);
    return header.toByteArray();
  }
}
