package io.conmonj.rpc;

import org.capnproto.AnyPointer;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;

/**
 * The pointer that stands for a capability: an index into the message's capability table, which the
 * runtime itself does not know (capnproto.org/encoding.html, "Capabilities (Interfaces)").
 */
final class CapabilityPointer implements FromPointerReader<Integer>, FromPointerBuilder<Integer> {

  /** What is read where there is no capability. */
  static final int NONE = -1;

  private static final CapabilityPointer FACTORY = new CapabilityPointer();

  /** The low half of the word: kind "other", all else zero. */
  private static final int KIND = 3;

  private CapabilityPointer() {}

  /** The index in {@code pointer}, or {@link #NONE} if it is not a capability. */
  static int read(AnyPointer.Reader pointer) {
    return pointer.getAs(FACTORY);
  }

  /** Makes {@code pointer} the capability {@code index}. */
  static void write(AnyPointer.Builder pointer, int index) {
    pointer.initAs(FACTORY, index);
  }

  @Override
  public Integer fromPointerReader(SegmentReader segment, int pointer, int nestingLimit) {
    long word = segment.get(pointer);
    int index = (int) (word >>> 32);
    return (int) word == KIND && index >= 0 ? index : NONE;
  }

  @Override
  public Integer fromPointerBuilder(SegmentBuilder segment, int pointer) {
    return fromPointerReader(segment, pointer, 1);
  }

  @Override
  public Integer initFromPointerBuilder(SegmentBuilder segment, int pointer, int index) {
    segment.put(pointer, (long) index << 32 | KIND);
    return index;
  }
}
