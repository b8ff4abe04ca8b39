package io.conmonj.rpc;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.capnproto.Allocator;
import org.capnproto.AnyPointer;
import org.capnproto.MessageBuilder;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/**
 * A message being built, in memory outside the heap that the socket takes as it is: nothing is
 * copied between a setter and the kernel.
 *
 * <p>It is sent or released by its owner, and must not be written to afterwards.
 */
final class OutgoingMessage implements Allocator {

  /** Holds all messages but large requests and answers. */
  private static final int FIRST_SEGMENT_BYTES = 1016;

  /** Further segments double up to this, larger objects excepted. */
  private static final int LAST_SEGMENT_BYTES = 256 * 1024;

  /** A message of one segment has a header of one word; room for it lies before the segment. */
  private static final int SHORT_HEADER_BYTES = Long.BYTES;

  private final ByteBufAllocator memory;
  private final List<ByteBuf> segments = new ArrayList<>(2);
  private final MessageBuilder builder = new MessageBuilder(this);
  private final Rpc.Message.Builder root;
  private List<ForeignData> foreign = List.of();
  private int nextBytes = FIRST_SEGMENT_BYTES;

  OutgoingMessage(ByteBufAllocator memory) {
    this.memory = memory;
    this.root = builder.initRoot(Rpc.Message.factory);
  }

  /** The message itself. */
  Rpc.Message.Builder root() {
    return root;
  }

  @Override
  public ByteBuffer allocateSegment(int minimumSize) {
    int header = segments.isEmpty() ? SHORT_HEADER_BYTES : 0;
    int size = Math.max(minimumSize, nextBytes);
    nextBytes = Math.min(2 * size, LAST_SEGMENT_BYTES);
    ByteBuf segment = memory.directBuffer(header + size, header + size);
    segment.setZero(0, header + size);
    segments.add(segment);
    return segment.nioBuffer(header, size);
  }

  /** What this message, a return with results, answers; in memory of its own. */
  AnyPointer.Reader copyOfReturnedContent() {
    ByteBuffer[] copies = builder.getSegmentsForOutput();
    for (int i = 0; i < copies.length; i++) {
      copies[i] =
          ByteBuffer.allocate(copies[i].remaining()).put(copies[i]).flip().order(LITTLE_ENDIAN);
    }
    return new MessageReader(copies, ReaderOptions.DEFAULT_READER_OPTIONS)
        .getRoot(Rpc.Message.factory)
        .getReturn()
        .getResults()
        .getContent();
  }

  /** Adds data that a pointer of this message is to point to. */
  void add(ForeignData data) {
    if (foreign.isEmpty()) {
      foreign = new ArrayList<>(2);
    }
    foreign.add(data);
  }

  /**
   * Gives away the message as the buffers to write in turn, header included; {@code to} owns them.
   */
  void drainTo(Consumer<ByteBuf> to) {
    ByteBuffer[] used = builder.getSegmentsForOutput();
    for (int i = 0; i < used.length; i++) {
      int header = i == 0 ? SHORT_HEADER_BYTES : 0;
      segments.get(i).writerIndex(header + used[i].remaining());
    }
    for (int i = 0; i < foreign.size(); i++) {
      foreign.get(i).slot().pointToSegment(used.length + i);
    }
    ByteBuf first = segments.getFirst();
    if (used.length == 1 && foreign.isEmpty()) {
      first.setIntLE(Integer.BYTES, used[0].remaining() / Long.BYTES);
    } else {
      first.readerIndex(SHORT_HEADER_BYTES);
      to.accept(longHeader(used));
    }
    segments.forEach(to);
    segments.clear();
    for (ForeignData data : foreign) {
      data.drainTo(to, memory);
    }
    foreign = List.of();
  }

  /** Gives up the message. */
  void release() {
    for (ByteBuf segment : segments) {
      segment.release();
    }
    segments.clear();
    for (ForeignData data : foreign) {
      data.release();
    }
    foreign = List.of();
  }

  private ByteBuf longHeader(ByteBuffer[] used) {
    int count = used.length + foreign.size();
    int bytes = (count / 2 + 1) * Long.BYTES;
    ByteBuf header = memory.directBuffer(bytes, bytes);
    header.writeIntLE(count - 1);
    for (ByteBuffer segment : used) {
      header.writeIntLE(segment.remaining() / Long.BYTES);
    }
    for (ForeignData data : foreign) {
      header.writeIntLE(data.words());
    }
    return header.writeZero(bytes - header.writerIndex());
  }
}
