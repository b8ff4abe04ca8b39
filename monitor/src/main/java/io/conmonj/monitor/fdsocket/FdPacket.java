package io.conmonj.monitor.fdsocket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The packets of the descriptor socket, as the client library of conmon-rs has them
 * (pkg/client/remote_fds.go). Everything is made of unsigned 64-bit numbers, least byte first.
 *
 * <p>A request is one number, whose upper half identifies it and whose lower half says how many
 * descriptors come along. The reply repeats that number, and the descriptors' slots follow; or its
 * lower half is all ones, and a text follows that says what was wrong.
 */
final class FdPacket {
  /** Length of a request, in bytes. */
  static final int REQUEST_BYTES = Long.BYTES;

  /** The request to close what was sent over the same connection and is not taken yet. */
  static final long CLOSE = 0;

  private static final long LOWER_HALF = 0xFFFF_FFFFL;
  private static final long FAILED = LOWER_HALF;

  private FdPacket() {}

  /**
   * Reads a request.
   *
   * @param packet of {@link #REQUEST_BYTES} or more
   */
  static long request(byte[] packet) {
    return buffer(packet).getLong();
  }

  /** How many descriptors a request says that it brings, up to 2^32 - 1. */
  static long count(long request) {
    return request & LOWER_HALF;
  }

  /**
   * The reply to a request whose descriptors are held now.
   *
   * @param slots in the order of the descriptors
   */
  static byte[] slots(long request, long[] slots) {
    byte[] packet = new byte[REQUEST_BYTES + slots.length * Long.BYTES];
    ByteBuffer buffer = buffer(packet).putLong(request);
    for (long slot : slots) {
      buffer.putLong(slot);
    }
    return packet;
  }

  /**
   * The reply to a request of which nothing is held.
   *
   * @param request of which the upper half is repeated; 0 where there was none to read
   */
  static byte[] failure(long request, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] packet = new byte[REQUEST_BYTES + text.length];
    buffer(packet).putLong((request & ~LOWER_HALF) | FAILED).put(text);
    return packet;
  }

  private static ByteBuffer buffer(byte[] packet) {
    return ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
  }
}
