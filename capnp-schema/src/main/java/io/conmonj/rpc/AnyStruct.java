package io.conmonj.rpc;

import org.capnproto.AnyPointer;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructBuilder;
import org.capnproto.StructFactory;
import org.capnproto.StructReader;
import org.capnproto.StructSize;

/**
 * A struct whose type is not known here. When one is read, its pointers can be taken one by one.
 * When one is built, it has a single pointer: that is how Cap'n Proto encodes the parameters, or
 * results, of a method with one parameter or one result.
 */
final class AnyStruct extends StructFactory<AnyStruct.Builder, AnyStruct.Reader> {

  static final AnyStruct FACTORY = new AnyStruct();

  private static final StructSize ONE_POINTER = new StructSize((short) 0, (short) 1);

  private AnyStruct() {}

  @Override
  public Reader constructReader(
      SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
    return new Reader(segment, data, pointers, dataSize, count, nesting);
  }

  @Override
  public Builder constructBuilder(
      SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
    return new Builder(segment, data, pointers, dataSize, count);
  }

  @Override
  public StructSize structSize() {
    return ONE_POINTER;
  }

  @Override
  public Reader asReader(Builder builder) {
    throw new UnsupportedOperationException("read struct being built");
  }

  static final class Reader extends StructReader {

    Reader(SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
      super(segment, data, pointers, dataSize, count, nesting);
    }

    /** Pointer {@code index}; null in Cap'n Proto's sense where the struct has none. */
    AnyPointer.Reader pointer(int index) {
      return _getPointerField(AnyPointer.factory, index);
    }

    /** How many pointers its sender encoded. */
    int pointerCount() {
      return Short.toUnsignedInt(pointerCount);
    }
  }

  static final class Builder extends StructBuilder {

    Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
      super(segment, data, pointers, dataSize, count);
    }

    AnyPointer.Builder pointer() {
      return _getPointerField(AnyPointer.factory, 0);
    }
  }
}
