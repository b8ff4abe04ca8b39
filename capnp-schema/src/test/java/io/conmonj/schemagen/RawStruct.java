package io.conmonj.schemagen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructBuilder;
import org.capnproto.StructFactory;
import org.capnproto.StructList;
import org.capnproto.StructReader;
import org.capnproto.StructSize;
import org.capnproto.Text;

/** A struct read by offsets, without generated code: what a generator has to begin with. */
final class RawStruct extends StructReader {

  static final Factory FACTORY = new Factory();
  private static final StructList.Factory<StructBuilder, RawStruct> LIST =
      new StructList.Factory<>(FACTORY);

  private RawStruct(
      SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
    super(segment, data, pointers, dataSize, count, nesting);
  }

  boolean bool(int bit) {
    return _getBooleanField(bit);
  }

  int u8(int index) {
    return Byte.toUnsignedInt(_getByteField(index));
  }

  int u16(int index) {
    return Short.toUnsignedInt(_getShortField(index));
  }

  int i32(int index) {
    return _getIntField(index);
  }

  long i64(int index) {
    return _getLongField(index);
  }

  String text(int pointer) {
    return _getPointerField(Text.factory, pointer, null, 0, 0).toString();
  }

  RawStruct struct(int pointer) {
    return _getPointerField(FACTORY, pointer);
  }

  <T> List<T> list(int pointer, Function<RawStruct, T> element) {
    List<T> result = new ArrayList<>();
    for (RawStruct each : _getPointerField(LIST, pointer)) {
      result.add(element.apply(each));
    }
    return result;
  }

  static final class Factory extends StructFactory<StructBuilder, RawStruct> {

    @Override
    public RawStruct constructReader(
        SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
      return new RawStruct(segment, data, pointers, dataSize, count, nesting);
    }

    @Override
    public StructBuilder constructBuilder(
        SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
      throw new UnsupportedOperationException("build a schema: only reading is needed");
    }

    @Override
    public StructSize structSize() {
      return new StructSize((short) 0, (short) 0);
    }

    @Override
    public RawStruct asReader(StructBuilder builder) {
      throw new UnsupportedOperationException("build a schema: only reading is needed");
    }
  }
}
