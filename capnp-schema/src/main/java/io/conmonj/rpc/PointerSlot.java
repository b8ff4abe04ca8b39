package io.conmonj.rpc;

import org.capnproto.FromPointerBuilder;
import org.capnproto.SegmentBuilder;

/**
 * The place of a pointer in a message being built. It is found while the message is built and
 * filled in when it is sent, because the pointer shall point to a segment that {@code
 * org.capnproto} does not know ({@link ForeignData}).
 *
 * @param segment the segment it lies in
 * @param word its place there
 */
record PointerSlot(SegmentBuilder segment, int word) {

  private static final long FAR = 2;

  /** Finds the slot of a pointer. */
  static final FromPointerBuilder<PointerSlot> FINDER = new Finder();

  private static final class Finder implements FromPointerBuilder<PointerSlot> {

    @Override
    public PointerSlot fromPointerBuilder(SegmentBuilder segment, int pointer) {
      return new PointerSlot(segment, pointer);
    }

    @Override
    public PointerSlot initFromPointerBuilder(SegmentBuilder segment, int pointer, int size) {
      return new PointerSlot(segment, pointer);
    }
  }

  /** Makes it point to a landing pad at the beginning of segment {@code id}. */
  void pointToSegment(int id) {
    segment.put(word, (long) id << 32 | FAR);
  }
}
