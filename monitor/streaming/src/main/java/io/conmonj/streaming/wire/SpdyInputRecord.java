package io.conmonj.streaming.wire;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Remembers what brings a new codec to the point at which another one is: the frames with header
 * blocks, which are compressed one upon the other, and the frame that has not come to its end.
 *
 * <p>It stays for as long as the connection does, so it must not count as what the connection has
 * still to get rid of: a reader that waits until that is less would wait for ever.
 */
final class SpdyInputRecord {
  /** What may be remembered, in bytes: the headers of hundreds of streams. */
  private static final int MOST = 64 * 1024;

  private static final int HEADER = 8;
  private static final int TYPE_AT = 2;
  private static final int LENGTH_AT = 5;
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int HEADERS = 8;
  private static final byte[] PING = SpdyPing.beginning();

  /** Whether something is missing that was too much, or for which there was no memory. */
  private boolean forgotten;

  /** Whole frames with header blocks. */
  private ByteBuf blocks = Unpooled.EMPTY_BUFFER;

  /** What has come of a control frame, from its header on; empty for a DATA frame. */
  private ByteBuf begun = Unpooled.EMPTY_BUFFER;

  private final MemoryAccount memory;

  private final byte[] header = new byte[HEADER];
  private int headerRead;

  /** Bytes that are still to come of the frame behind its header. */
  private int left;

  /**
   * @param memory counts what is remembered; while it is more than half full nothing is remembered,
   *     so that there is room for what others cannot do without
   */
  SpdyInputRecord(MemoryAccount memory) {
    this.memory = memory;
  }

  /**
   * Looks at bytes that come, and leaves them as they are.
   *
   * @param in before the codec has read of it
   * @return whether they are of {@link SpdyPing}s, as far as can be told, and of nothing else.
   *     Clients of Kubernetes send each in four parts, which may come one by one
   */
  boolean look(ByteBuf in) {
    boolean pings = true;
    int at = in.readerIndex();
    while (at < in.writerIndex()) {
      int length;
      if (headerRead < HEADER) {
        length = 1;
        header[headerRead++] = in.getByte(at);
        if (headerRead == HEADER) {
          begin();
        }
      } else {
        length = Math.min(left, in.writerIndex() - at);
        left -= length;
        if (isControl()) {
          begun = kept(begun, in, at, length);
        }
      }
      at += length;
      if (headerRead == HEADER && left == 0) {
        pings &= mayBePing();
        end();
      }
    }
    return pings && mayBePing();
  }

  /** Whether the frame is a ping, by what has come of its header. */
  private boolean mayBePing() {
    return Arrays.equals(header, 0, headerRead, PING, 0, headerRead);
  }

  private void begin() {
    left = Unpooled.wrappedBuffer(header).getUnsignedMedium(LENGTH_AT);
    if (isControl()) {
      begun = kept(begun, Unpooled.wrappedBuffer(header), 0, HEADER);
    }
  }

  private void end() {
    int type = type();
    if (isControl() && (type == SYN_STREAM || type == SYN_REPLY || type == HEADERS)) {
      blocks = kept(blocks, begun, begun.readerIndex(), begun.readableBytes());
    }
    headerRead = 0;
    begun.release();
    begun = Unpooled.EMPTY_BUFFER;
  }

  private int type() {
    return Unpooled.wrappedBuffer(header).getShort(TYPE_AT);
  }

  private boolean isControl() {
    return header[0] < 0;
  }

  private ByteBuf kept(ByteBuf before, ByteBuf from, int at, int length) {
    if (forgotten || before.readableBytes() + length > MOST || !memory.isAmple()) {
      forgotten = true;
      return before;
    }
    try {
      ByteBuf all = before.capacity() == 0 ? memory.allocator().heapBuffer(length) : before;
      return all.writeBytes(from, at, length);
    } catch (RuntimeException | Error tight) {
      // The connection is none the worse for it, but has to stay where it is.
      forgotten = true;
      return before;
    }
  }

  /** Nothing more comes. */
  void discard() {
    forgotten = true;
    blocks.release();
    blocks = Unpooled.EMPTY_BUFFER;
    begun.release();
    begun = Unpooled.EMPTY_BUFFER;
  }

  /**
   * Writes down what is to be read first, of which nobody is told, and what is to be read then.
   *
   * @param undelivered what the codec has of the payload of a frame, and has not passed on
   */
  void freeze(StateWriter out, ByteBuf undelivered) throws CannotMoveException {
    if (forgotten) {
      throw new CannotMoveException("a session over SPDY has had too many streams", false);
    }
    out.bytes(blocks);
    if (headerRead == 0 && !undelivered.isReadable()) {
      out.betweenFrames();
    }
    if (headerRead < HEADER) {
      out.bytes(Unpooled.wrappedBuffer(header, 0, headerRead));
    } else if (isControl()) {
      out.bytes(begun);
    } else {
      int rest = left + undelivered.readableBytes();
      ByteBuf shorter = Unpooled.buffer().writeBytes(header, 0, LENGTH_AT).writeMedium(rest);
      out.bytes(
          shorter.writeBytes(undelivered, undelivered.readerIndex(), undelivered.readableBytes()));
    }
  }
}
