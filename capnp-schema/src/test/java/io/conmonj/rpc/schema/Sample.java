// Generated from sample.capnp by io.conmonj.schemagen; do not edit.
package io.conmonj.rpc.schema;

import org.capnproto.AnyPointer;
import org.capnproto.Data;
import org.capnproto.DataList;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructBuilder;
import org.capnproto.StructFactory;
import org.capnproto.StructReader;
import org.capnproto.StructSize;
import org.capnproto.Text;
import org.capnproto.TextList;

/** The types of {@code sample.capnp}, where they are explained. */
public final class Sample {
  /** Identifies the interface in a call. */
  public static final long INTERFACE_ID = 0x9c1de48b2a1f7730L;

  /**
   * {@code echo}: a {@link Sample.EchoRequest}
   * for a {@link Sample.EchoResponse}.
   */
  public static final int ECHO = 0;

  /**
   * {@code open}: a {@link Sample.OpenRequest}
   * for a {@link Sample.OpenResponse}.
   */
  public static final int OPEN = 1;

  /**
   * {@code relay}: a {@link Sample.RelayRequest}
   * for a {@link Sample.NextResponse}.
   */
  public static final int RELAY = 2;

  /**
   * {@code wait}: a {@link Sample.WaitRequest}
   * for a {@link Sample.WaitResponse}.
   */
  public static final int WAIT = 3;

  /**
   * {@code wake}: a {@link Sample.WaitRequest}
   * for a {@link Sample.WaitResponse}.
   */
  public static final int WAKE = 4;

  /**
   * {@code fail}: a {@link Sample.WaitRequest}
   * for a {@link Sample.WaitResponse}.
   */
  public static final int FAIL = 5;

  public static final class EchoRequest
      extends StructFactory<EchoRequest.Builder, EchoRequest.Reader> {
    public static final EchoRequest factory = new EchoRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private EchoRequest() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasData() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getData() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }

      public int getTimes() {
        return _getIntField(0, 1);
      }

      public boolean hasTexts() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getTexts() {
        return _getPointerField(TextList.factory, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setData(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initData(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToData() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public void setTimes(int value) {
        _setIntField(0, value, 1);
      }

      public TextList.Builder initTexts(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }
    }
  }

  public static final class EchoResponse
      extends StructFactory<EchoResponse.Builder, EchoResponse.Reader> {
    public static final EchoResponse factory = new EchoResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private EchoResponse() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasData() {
        return !_pointerFieldIsNull(0);
      }

      public DataList.Reader getData() {
        return _getPointerField(DataList.factory, 0);
      }

      public boolean hasTexts() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getTexts() {
        return _getPointerField(TextList.factory, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public DataList.Builder initData(int size) {
        return _initPointerField(DataList.factory, 0, size);
      }

      public TextList.Builder initTexts(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }
    }
  }

  public static final class OpenRequest
      extends StructFactory<OpenRequest.Builder, OpenRequest.Reader> {
    public static final OpenRequest factory = new OpenRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private OpenRequest() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public int getStart() {
        return _getIntField(0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setStart(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class OpenResponse
      extends StructFactory<OpenResponse.Builder, OpenResponse.Reader> {
    public static final OpenResponse factory = new OpenResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private OpenResponse() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasOther() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getOther() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasCounter() {
        return !_pointerFieldIsNull(1);
      }

      public AnyPointer.Reader getCounter() {
        return _getPointerField(AnyPointer.factory, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setOther(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public AnyPointer.Builder initCounter() {
        return _initPointerField(AnyPointer.factory, 1, 0);
      }
    }
  }

  public static final class RelayRequest
      extends StructFactory<RelayRequest.Builder, RelayRequest.Reader> {
    public static final RelayRequest factory = new RelayRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private RelayRequest() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasCounter() {
        return !_pointerFieldIsNull(0);
      }

      public AnyPointer.Reader getCounter() {
        return _getPointerField(AnyPointer.factory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public AnyPointer.Builder initCounter() {
        return _initPointerField(AnyPointer.factory, 0, 0);
      }
    }
  }

  public static final class NextRequest
      extends StructFactory<NextRequest.Builder, NextRequest.Reader> {
    public static final NextRequest factory = new NextRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private NextRequest() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public int getStep() {
        return _getIntField(0, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setStep(int value) {
        _setIntField(0, value, 1);
      }
    }
  }

  public static final class NextResponse
      extends StructFactory<NextResponse.Builder, NextResponse.Reader> {
    public static final NextResponse factory = new NextResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private NextResponse() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public int getValue() {
        return _getIntField(0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setValue(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class WaitRequest
      extends StructFactory<WaitRequest.Builder, WaitRequest.Reader> {
    public static final WaitRequest factory = new WaitRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private WaitRequest() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasKey() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getKey() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setKey(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class WaitResponse
      extends StructFactory<WaitResponse.Builder, WaitResponse.Reader> {
    public static final WaitResponse factory = new WaitResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private WaitResponse() {}

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
      return SIZE;
    }

    @Override
    public Reader asReader(Builder builder) {
      return builder.asReader();
    }

    public static final class Reader extends StructReader {
      Reader(
          SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
        super(segment, data, pointers, dataSize, count, nesting);
      }

      public boolean hasKey() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getKey() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setKey(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class Counter {
    /** Identifies the interface in a call. */
    public static final long INTERFACE_ID = 0xd7a6e2f5c3b48191L;

    /**
     * {@code next}: a {@link Sample.NextRequest}
     * for a {@link Sample.NextResponse}.
     */
    public static final int NEXT = 0;

    private Counter() {}
  }

  private Sample() {}
}
