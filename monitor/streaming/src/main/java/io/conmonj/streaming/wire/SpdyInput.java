package io.conmonj.streaming.wire;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.HeldBytes;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Takes what a client sends over SPDY apart, and remembers what brings a new codec to the point at
 * which another one is: the frames with header blocks, which are compressed one upon the other, and
 * the frame that has not come to its end.
 *
 * <p>What is remembered stays for as long as the connection does, so it must not count as what the
 * connection has still to get rid of: a reader that waits until that is less would wait for ever.
 */
final class SpdyInput {
  /** What may be remembered, in bytes: the headers of hundreds of streams. */
  private static final int MOST = 64 * 1024;

  private static final int HEADER = 8;
  private static final int TYPE_AT = 2;
  private static final int FLAGS_AT = 4;
  private static final int LENGTH_AT = 5;
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int HEADERS = 8;
  private static final int FLAG_FIN = 1;
  private static final byte[] PING = SpdyPing.beginning();

  /** Is given what comes, in its order, and owns it. */
  interface Listener {
    /** Bytes of control frames, and of what is no frame. */
    void control(ByteBuf bytes) throws Exception;

    /** How long a piece of a DATA frame may be at most, in bytes; positive. */
    int room();

    /** A piece of a DATA frame of which more is to come; never none. */
    void data(int stream, ByteBuf bytes);

    /**
     * The last piece of a DATA frame; may be empty.
     *
     * @param last whether the stream ends with it
     */
    void dataEnds(int stream, ByteBuf bytes, boolean last);
  }

  /** Whether something is missing that was too much, or for which there was no memory. */
  private boolean forgotten;

  /** Whole frames with header blocks. */
  private ByteBuf blocks = Unpooled.EMPTY_BUFFER;

  /** What has come of a control frame, from its header on; empty for a DATA frame. */
  private ByteBuf begun = Unpooled.EMPTY_BUFFER;

  private final MemoryAccount memory;
  private final Listener listener;

  private final byte[] header = new byte[HEADER];
  private int headerRead;

  /** Of the DATA frame that has begun. */
  private int stream;

  /** Bytes that are still to come of the frame behind its header. */
  private int left;

  /**
   * @param memory counts what is remembered; while it is more than half full nothing is remembered,
   *     so that there is room for what others cannot do without
   * @param listener is given what comes
   */
  SpdyInput(MemoryAccount memory, Listener listener) {
    this.memory = memory;
    this.listener = listener;
  }

  /**
   * Reads bytes to their end.
   *
   * @param in the caller keeps its ownership
   * @return whether they are of {@link SpdyPing}s, as far as can be told, and of nothing else.
   *     Clients of Kubernetes send each in four parts, which may come one by one
   */
  boolean read(ByteBuf in) throws Exception {
    boolean pings = true;
    while (in.isReadable()) {
      if (headerRead < HEADER) {
        readHeader(in);
      } else if (isControl()) {
        readControl(in);
      } else {
        readData(in);
      }
      if (headerRead == HEADER && left == 0) {
        pings &= mayBePing();
        end();
      }
    }
    return pings && mayBePing();
  }

  private void readHeader(ByteBuf in) throws Exception {
    int length = Math.min(HEADER - headerRead, in.readableBytes());
    in.getBytes(in.readerIndex(), header, headerRead, length);
    headerRead += length;
    if (headerRead == HEADER) {
      ByteBuf whole = Unpooled.wrappedBuffer(header);
      stream = whole.getInt(0);
      left = whole.getUnsignedMedium(LENGTH_AT);
      if (isControl()) {
        begun = kept(begun, whole, 0, HEADER);
      }
    }
    ByteBuf bytes = in.readRetainedSlice(length);
    if (isControl()) {
      control(bytes, in);
      return;
    }
    bytes.release();
    if (headerRead == HEADER && stream == 0) {
      // No frame that there is: the codec has words for it, after which it reads nothing more.
      listener.control(Unpooled.copiedBuffer(header));
    } else if (headerRead == HEADER && left == 0) {
      listener.dataEnds(stream, Unpooled.EMPTY_BUFFER, isLast());
    }
  }

  private void readControl(ByteBuf in) throws Exception {
    int length = Math.min(left, in.readableBytes());
    left -= length;
    begun = kept(begun, in, in.readerIndex(), length);
    control(in.readRetainedSlice(length), in);
  }

  /** What the codec has to keep until the rest comes must not keep all that came with it. */
  private void control(ByteBuf bytes, ByteBuf rest) throws Exception {
    boolean isKept = !rest.isReadable() && (headerRead < HEADER || left > 0);
    listener.control(isKept ? HeldBytes.compact(bytes) : bytes);
  }

  private void readData(ByteBuf in) throws Exception {
    int length = Math.min(Math.min(left, in.readableBytes()), listener.room());
    left -= length;
    ByteBuf bytes = in.readRetainedSlice(length);
    if (stream == 0) {
      listener.control(bytes);
    } else if (left == 0) {
      listener.dataEnds(stream, bytes, isLast());
    } else {
      listener.data(stream, bytes);
    }
  }

  /** Whether the frame is a ping, by what has come of its header. */
  private boolean mayBePing() {
    return Arrays.equals(header, 0, headerRead, PING, 0, headerRead);
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

  /** Known from the first byte of its header on. */
  private boolean isControl() {
    return header[0] < 0;
  }

  /** Of the DATA frame that has begun. */
  int stream() {
    return stream;
  }

  private boolean isLast() {
    return (header[FLAGS_AT] & FLAG_FIN) != 0;
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
   * @param undelivered what has come of the payload of a DATA frame, and was not handed on
   */
  void freeze(StateWriter out, ByteBuf undelivered) throws CannotMoveException {
    if (forgotten) {
      throw new CannotMoveException("a session over SPDY has had too many streams", false);
    }
    out.bytes(blocks);
    if (headerRead == 0) {
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
