package io.conmonj.rpc;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a byte stream into messages: the standard, unpacked framing of <a
 * href="https://capnproto.org/encoding.html#serialization-over-a-stream">capnproto.org/encoding.html</a>.
 *
 * <p>It copies, so that a message can outlive the buffers it came in; and it takes memory only as
 * bytes arrive, so that a header alone cannot make it reserve much.
 */
final class MessageDecoder {

  /** Room that is made for a message before any of it has arrived. */
  private static final int FIRST_BYTES = 4096;

  private static final byte[] EMPTY = new byte[0];

  private enum State {
    /** Reads the first word: the number of segments and the size of the first. */
    FIRST_WORD,
    /** Reads the sizes of the other segments. */
    SIZES,
    /** Reads the segments. */
    BODY
  }

  private final RpcLimits limits;
  private State state = State.FIRST_WORD;
  private byte[] bytes = EMPTY;
  private int filled;
  private int wanted = Long.BYTES;
  private int[] segmentBytes = new int[0];

  MessageDecoder(RpcLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes bytes from {@code in}, up to the end of a message at most.
   *
   * @return the segments of a message, or nothing ({@code null}) when {@code in} is used up first
   * @throws ProtocolException if a header is beyond the limits
   */
  ByteBuffer[] decode(ByteBuf in) {
    while (fill(in)) {
      switch (state) {
        case FIRST_WORD -> firstWord();
        case SIZES -> sizes();
        case BODY -> {
          return body();
        }
      }
    }
    return null;
  }

  /** The size of the message returned last, without its header. */
  int messageBytes() {
    int total = 0;
    for (int size : segmentBytes) {
      total += size;
    }
    return total;
  }

  /** Whether nothing has come of a next message. */
  boolean isBetweenMessages() {
    return state == State.FIRST_WORD && filled == 0;
  }

  private boolean fill(ByteBuf in) {
    while (filled < wanted) {
      int readable = Math.min(in.readableBytes(), wanted - filled);
      if (readable == 0) {
        return false;
      }
      if (filled == bytes.length) {
        int room = bytes.length == 0 ? FIRST_BYTES : (int) Math.min(2L * filled, wanted);
        bytes = Arrays.copyOf(bytes, Math.min(room, wanted));
      }
      readable = Math.min(readable, bytes.length - filled);
      in.readBytes(bytes, filled, readable);
      filled += readable;
    }
    return true;
  }

  private void firstWord() {
    long segments = (le32(0) & 0xffff_ffffL) + 1;
    if (segments > limits.segments()) {
      throw new ProtocolException("message has " + segments + " segments");
    }
    segmentBytes = new int[(int) segments];
    state = State.SIZES;
    wanted = ((int) segments / 2 + 1) * Long.BYTES;
  }

  private void sizes() {
    long total = 0;
    for (int i = 0; i < segmentBytes.length; i++) {
      long size = (le32((i + 1) * Integer.BYTES) & 0xffff_ffffL) * Long.BYTES;
      total += size;
      if (total > limits.messageBytes()) {
        throw new ProtocolException("message has more than " + limits.messageBytes() + " bytes");
      }
      segmentBytes[i] = (int) size;
    }
    state = State.BODY;
    expect((int) total);
  }

  private ByteBuffer[] body() {
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    ByteBuffer[] segments = new ByteBuffer[segmentBytes.length];
    int start = 0;
    for (int i = 0; i < segments.length; i++) {
      segments[i] = whole.slice(start, segmentBytes[i]).order(ByteOrder.LITTLE_ENDIAN);
      start += segmentBytes[i];
    }
    state = State.FIRST_WORD;
    expect(Long.BYTES);
    return segments;
  }

  private void expect(int size) {
    bytes = EMPTY;
    filled = 0;
    wanted = size;
  }

  private int le32(int index) {
    return (bytes[index] & 0xff)
        | (bytes[index + 1] & 0xff) << 8
        | (bytes[index + 2] & 0xff) << 16
        | bytes[index + 3] << 24;
  }
}
