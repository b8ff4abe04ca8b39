package io.conmonj.rpc;

import org.capnproto.FromPointerBuilder;
import org.capnproto.SegmentBuilder;

/**
 * Where a pointer lies, for what the runtime itself cannot make it point to.
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
