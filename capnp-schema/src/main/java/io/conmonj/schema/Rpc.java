// Generated from rpc.capnp by io.conmonj.schemagen; do not edit.
package io.conmonj.schema;

import org.capnproto.AnyPointer;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructBuilder;
import org.capnproto.StructFactory;
import org.capnproto.StructList;
import org.capnproto.StructReader;
import org.capnproto.StructSize;
import org.capnproto.Text;

/** The types of {@code rpc.capnp}, where they are explained. */
public final class Rpc {
  public static final class Message
      extends StructFactory<Message.Builder, Message.Reader> {
    public static final Message factory = new Message();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);
    public static final int UNIMPLEMENTED = 0;
    public static final int ABORT = 1;
    public static final int CALL = 2;
    public static final int RETURN = 3;
    public static final int FINISH = 4;
    public static final int RESOLVE = 5;
    public static final int RELEASE = 6;
    public static final int OBSOLETE_SAVE = 7;
    public static final int BOOTSTRAP = 8;
    public static final int OBSOLETE_DELETE = 9;
    public static final int PROVIDE = 10;
    public static final int ACCEPT = 11;
    public static final int JOIN = 12;
    public static final int DISEMBARGO = 13;

    private Message() {}

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

      /** Which member of the union is set: one of the constants, or an unknown one. */
      public int which() {
        return Short.toUnsignedInt(_getShortField(0));
      }

      public Rpc.Message.Reader getUnimplemented() {
        return _getPointerField(Rpc.Message.factory, 0);
      }

      public Rpc.Exception.Reader getAbort() {
        return _getPointerField(Rpc.Exception.factory, 0);
      }

      public Rpc.Call.Reader getCall() {
        return _getPointerField(Rpc.Call.factory, 0);
      }

      public Rpc.Return.Reader getReturn() {
        return _getPointerField(Rpc.Return.factory, 0);
      }

      public Rpc.Finish.Reader getFinish() {
        return _getPointerField(Rpc.Finish.factory, 0);
      }

      public Rpc.Resolve.Reader getResolve() {
        return _getPointerField(Rpc.Resolve.factory, 0);
      }

      public Rpc.Release.Reader getRelease() {
        return _getPointerField(Rpc.Release.factory, 0);
      }

      public AnyPointer.Reader getObsoleteSave() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public Rpc.Bootstrap.Reader getBootstrap() {
        return _getPointerField(Rpc.Bootstrap.factory, 0);
      }

      public AnyPointer.Reader getObsoleteDelete() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public Rpc.Provide.Reader getProvide() {
        return _getPointerField(Rpc.Provide.factory, 0);
      }

      public Rpc.Accept.Reader getAccept() {
        return _getPointerField(Rpc.Accept.factory, 0);
      }

      public Rpc.Join.Reader getJoin() {
        return _getPointerField(Rpc.Join.factory, 0);
      }

      public Rpc.Disembargo.Reader getDisembargo() {
        return _getPointerField(Rpc.Disembargo.factory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public Rpc.Message.Builder initUnimplemented() {
        _setShortField(0, (short) UNIMPLEMENTED);
        return _initPointerField(Rpc.Message.factory, 0, 0);
      }

      public void setUnimplemented(Rpc.Message.Reader value) {
        _setShortField(0, (short) UNIMPLEMENTED);
        _setPointerField(Rpc.Message.factory, 0, value);
      }

      public Rpc.Exception.Builder initAbort() {
        _setShortField(0, (short) ABORT);
        return _initPointerField(Rpc.Exception.factory, 0, 0);
      }

      public void setAbort(Rpc.Exception.Reader value) {
        _setShortField(0, (short) ABORT);
        _setPointerField(Rpc.Exception.factory, 0, value);
      }

      public Rpc.Call.Builder initCall() {
        _setShortField(0, (short) CALL);
        return _initPointerField(Rpc.Call.factory, 0, 0);
      }

      public void setCall(Rpc.Call.Reader value) {
        _setShortField(0, (short) CALL);
        _setPointerField(Rpc.Call.factory, 0, value);
      }

      public Rpc.Return.Builder initReturn() {
        _setShortField(0, (short) RETURN);
        return _initPointerField(Rpc.Return.factory, 0, 0);
      }

      public void setReturn(Rpc.Return.Reader value) {
        _setShortField(0, (short) RETURN);
        _setPointerField(Rpc.Return.factory, 0, value);
      }

      public Rpc.Finish.Builder initFinish() {
        _setShortField(0, (short) FINISH);
        return _initPointerField(Rpc.Finish.factory, 0, 0);
      }

      public void setFinish(Rpc.Finish.Reader value) {
        _setShortField(0, (short) FINISH);
        _setPointerField(Rpc.Finish.factory, 0, value);
      }

      public Rpc.Resolve.Builder initResolve() {
        _setShortField(0, (short) RESOLVE);
        return _initPointerField(Rpc.Resolve.factory, 0, 0);
      }

      public void setResolve(Rpc.Resolve.Reader value) {
        _setShortField(0, (short) RESOLVE);
        _setPointerField(Rpc.Resolve.factory, 0, value);
      }

      public Rpc.Release.Builder initRelease() {
        _setShortField(0, (short) RELEASE);
        return _initPointerField(Rpc.Release.factory, 0, 0);
      }

      public void setRelease(Rpc.Release.Reader value) {
        _setShortField(0, (short) RELEASE);
        _setPointerField(Rpc.Release.factory, 0, value);
      }

      public AnyPointer.Builder initObsoleteSave() {
        _setShortField(0, (short) OBSOLETE_SAVE);
        return _initPointerField(AnyPointer.factory, 0, 0);
      }

      public Rpc.Bootstrap.Builder initBootstrap() {
        _setShortField(0, (short) BOOTSTRAP);
        return _initPointerField(Rpc.Bootstrap.factory, 0, 0);
      }

      public void setBootstrap(Rpc.Bootstrap.Reader value) {
        _setShortField(0, (short) BOOTSTRAP);
        _setPointerField(Rpc.Bootstrap.factory, 0, value);
      }

      public AnyPointer.Builder initObsoleteDelete() {
        _setShortField(0, (short) OBSOLETE_DELETE);
        return _initPointerField(AnyPointer.factory, 0, 0);
      }

      public Rpc.Provide.Builder initProvide() {
        _setShortField(0, (short) PROVIDE);
        return _initPointerField(Rpc.Provide.factory, 0, 0);
      }

      public void setProvide(Rpc.Provide.Reader value) {
        _setShortField(0, (short) PROVIDE);
        _setPointerField(Rpc.Provide.factory, 0, value);
      }

      public Rpc.Accept.Builder initAccept() {
        _setShortField(0, (short) ACCEPT);
        return _initPointerField(Rpc.Accept.factory, 0, 0);
      }

      public void setAccept(Rpc.Accept.Reader value) {
        _setShortField(0, (short) ACCEPT);
        _setPointerField(Rpc.Accept.factory, 0, value);
      }

      public Rpc.Join.Builder initJoin() {
        _setShortField(0, (short) JOIN);
        return _initPointerField(Rpc.Join.factory, 0, 0);
      }

      public void setJoin(Rpc.Join.Reader value) {
        _setShortField(0, (short) JOIN);
        _setPointerField(Rpc.Join.factory, 0, value);
      }

      public Rpc.Disembargo.Builder initDisembargo() {
        _setShortField(0, (short) DISEMBARGO);
        return _initPointerField(Rpc.Disembargo.factory, 0, 0);
      }

      public void setDisembargo(Rpc.Disembargo.Reader value) {
        _setShortField(0, (short) DISEMBARGO);
        _setPointerField(Rpc.Disembargo.factory, 0, value);
      }
    }
  }

  public static final class Bootstrap
      extends StructFactory<Bootstrap.Builder, Bootstrap.Reader> {
    public static final Bootstrap factory = new Bootstrap();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Bootstrap() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasDeprecatedObjectId() {
        return !_pointerFieldIsNull(0);
      }

      public AnyPointer.Reader getDeprecatedObjectId() {
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

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public AnyPointer.Builder initDeprecatedObjectId() {
        return _initPointerField(AnyPointer.factory, 0, 0);
      }
    }
  }

  public static final class Call
      extends StructFactory<Call.Builder, Call.Reader> {
    public static final Call factory = new Call();
    private static final StructSize SIZE = new StructSize((short) 3, (short) 3);

    private Call() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasTarget() {
        return !_pointerFieldIsNull(0);
      }

      public Rpc.MessageTarget.Reader getTarget() {
        return _getPointerField(Rpc.MessageTarget.factory, 0);
      }

      public long getInterfaceId() {
        return _getLongField(1);
      }

      public int getMethodId() {
        return Short.toUnsignedInt(_getShortField(2));
      }

      public boolean hasParams() {
        return !_pointerFieldIsNull(1);
      }

      public Rpc.Payload.Reader getParams() {
        return _getPointerField(Rpc.Payload.factory, 1);
      }

      public SendResultsTo.Reader getSendResultsTo() {
        return new SendResultsTo.Reader(
            segment, data, pointers, dataSize, pointerCount, nestingLimit);
      }

      public boolean getAllowThirdPartyTailCall() {
        return _getBooleanField(128);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public Rpc.MessageTarget.Builder initTarget() {
        return _initPointerField(Rpc.MessageTarget.factory, 0, 0);
      }

      public void setTarget(Rpc.MessageTarget.Reader value) {
        _setPointerField(Rpc.MessageTarget.factory, 0, value);
      }

      public void setInterfaceId(long value) {
        _setLongField(1, value);
      }

      public void setMethodId(int value) {
        _setShortField(2, (short) value);
      }

      public Rpc.Payload.Builder initParams() {
        return _initPointerField(Rpc.Payload.factory, 1, 0);
      }

      public void setParams(Rpc.Payload.Reader value) {
        _setPointerField(Rpc.Payload.factory, 1, value);
      }

      public SendResultsTo.Builder initSendResultsTo() {
        return new SendResultsTo.Builder(segment, data, pointers, dataSize, pointerCount);
      }

      public void setAllowThirdPartyTailCall(boolean value) {
        _setBooleanField(128, value);
      }
    }

    public static final class SendResultsTo {
      public static final int CALLER = 0;
      public static final int YOURSELF = 1;
      public static final int THIRD_PARTY = 2;

      private SendResultsTo() {}

      public static final class Reader extends StructReader {
        Reader(
            SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
          super(segment, data, pointers, dataSize, count, nesting);
        }

        /** Which member of the union is set: one of the constants, or an unknown one. */
        public int which() {
          return Short.toUnsignedInt(_getShortField(3));
        }

        public AnyPointer.Reader getThirdParty() {
          return _getPointerField(AnyPointer.factory, 2);
        }
      }

      public static final class Builder extends StructBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
          super(segment, data, pointers, dataSize, count);
        }

        public Reader asReader() {
          return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
        }

        public void setCaller() {
          _setShortField(3, (short) CALLER);
        }

        public void setYourself() {
          _setShortField(3, (short) YOURSELF);
        }

        public AnyPointer.Builder initThirdParty() {
          _setShortField(3, (short) THIRD_PARTY);
          return _initPointerField(AnyPointer.factory, 2, 0);
        }
      }
    }
  }

  public static final class Return
      extends StructFactory<Return.Builder, Return.Reader> {
    public static final Return factory = new Return();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 1);
    public static final int RESULTS = 0;
    public static final int EXCEPTION = 1;
    public static final int CANCELED = 2;
    public static final int RESULTS_SENT_ELSEWHERE = 3;
    public static final int TAKE_FROM_OTHER_QUESTION = 4;
    public static final int ACCEPT_FROM_THIRD_PARTY = 5;

    private Return() {}

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

      /** Which member of the union is set: one of the constants, or an unknown one. */
      public int which() {
        return Short.toUnsignedInt(_getShortField(3));
      }

      public int getAnswerId() {
        return _getIntField(0);
      }

      public boolean getReleaseParamCaps() {
        return _getBooleanField(32, true);
      }

      public Rpc.Payload.Reader getResults() {
        return _getPointerField(Rpc.Payload.factory, 0);
      }

      public Rpc.Exception.Reader getException() {
        return _getPointerField(Rpc.Exception.factory, 0);
      }

      public int getTakeFromOtherQuestion() {
        return _getIntField(2);
      }

      public AnyPointer.Reader getAcceptFromThirdParty() {
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

      public void setAnswerId(int value) {
        _setIntField(0, value);
      }

      public void setReleaseParamCaps(boolean value) {
        _setBooleanField(32, value, true);
      }

      public Rpc.Payload.Builder initResults() {
        _setShortField(3, (short) RESULTS);
        return _initPointerField(Rpc.Payload.factory, 0, 0);
      }

      public void setResults(Rpc.Payload.Reader value) {
        _setShortField(3, (short) RESULTS);
        _setPointerField(Rpc.Payload.factory, 0, value);
      }

      public Rpc.Exception.Builder initException() {
        _setShortField(3, (short) EXCEPTION);
        return _initPointerField(Rpc.Exception.factory, 0, 0);
      }

      public void setException(Rpc.Exception.Reader value) {
        _setShortField(3, (short) EXCEPTION);
        _setPointerField(Rpc.Exception.factory, 0, value);
      }

      public void setCanceled() {
        _setShortField(3, (short) CANCELED);
      }

      public void setResultsSentElsewhere() {
        _setShortField(3, (short) RESULTS_SENT_ELSEWHERE);
      }

      public void setTakeFromOtherQuestion(int value) {
        _setShortField(3, (short) TAKE_FROM_OTHER_QUESTION);
        _setIntField(2, value);
      }

      public AnyPointer.Builder initAcceptFromThirdParty() {
        _setShortField(3, (short) ACCEPT_FROM_THIRD_PARTY);
        return _initPointerField(AnyPointer.factory, 0, 0);
      }
    }
  }

  public static final class Finish
      extends StructFactory<Finish.Builder, Finish.Reader> {
    public static final Finish factory = new Finish();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private Finish() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean getReleaseResultCaps() {
        return _getBooleanField(32, true);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public void setReleaseResultCaps(boolean value) {
        _setBooleanField(32, value, true);
      }
    }
  }

  public static final class Resolve
      extends StructFactory<Resolve.Builder, Resolve.Reader> {
    public static final Resolve factory = new Resolve();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);
    public static final int CAP = 0;
    public static final int EXCEPTION = 1;

    private Resolve() {}

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

      /** Which member of the union is set: one of the constants, or an unknown one. */
      public int which() {
        return Short.toUnsignedInt(_getShortField(2));
      }

      public int getPromiseId() {
        return _getIntField(0);
      }

      public Rpc.CapDescriptor.Reader getCap() {
        return _getPointerField(Rpc.CapDescriptor.factory, 0);
      }

      public Rpc.Exception.Reader getException() {
        return _getPointerField(Rpc.Exception.factory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setPromiseId(int value) {
        _setIntField(0, value);
      }

      public Rpc.CapDescriptor.Builder initCap() {
        _setShortField(2, (short) CAP);
        return _initPointerField(Rpc.CapDescriptor.factory, 0, 0);
      }

      public void setCap(Rpc.CapDescriptor.Reader value) {
        _setShortField(2, (short) CAP);
        _setPointerField(Rpc.CapDescriptor.factory, 0, value);
      }

      public Rpc.Exception.Builder initException() {
        _setShortField(2, (short) EXCEPTION);
        return _initPointerField(Rpc.Exception.factory, 0, 0);
      }

      public void setException(Rpc.Exception.Reader value) {
        _setShortField(2, (short) EXCEPTION);
        _setPointerField(Rpc.Exception.factory, 0, value);
      }
    }
  }

  public static final class Release
      extends StructFactory<Release.Builder, Release.Reader> {
    public static final Release factory = new Release();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private Release() {}

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

      public int getId() {
        return _getIntField(0);
      }

      public int getReferenceCount() {
        return _getIntField(1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(int value) {
        _setIntField(0, value);
      }

      public void setReferenceCount(int value) {
        _setIntField(1, value);
      }
    }
  }

  public static final class Disembargo
      extends StructFactory<Disembargo.Builder, Disembargo.Reader> {
    public static final Disembargo factory = new Disembargo();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Disembargo() {}

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

      public boolean hasTarget() {
        return !_pointerFieldIsNull(0);
      }

      public Rpc.MessageTarget.Reader getTarget() {
        return _getPointerField(Rpc.MessageTarget.factory, 0);
      }

      public Context.Reader getContext() {
        return new Context.Reader(
            segment, data, pointers, dataSize, pointerCount, nestingLimit);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public Rpc.MessageTarget.Builder initTarget() {
        return _initPointerField(Rpc.MessageTarget.factory, 0, 0);
      }

      public void setTarget(Rpc.MessageTarget.Reader value) {
        _setPointerField(Rpc.MessageTarget.factory, 0, value);
      }

      public Context.Builder initContext() {
        return new Context.Builder(segment, data, pointers, dataSize, pointerCount);
      }
    }

    public static final class Context {
      public static final int SENDER_LOOPBACK = 0;
      public static final int RECEIVER_LOOPBACK = 1;
      public static final int ACCEPT = 2;
      public static final int PROVIDE = 3;

      private Context() {}

      public static final class Reader extends StructReader {
        Reader(
            SegmentReader segment, int data, int pointers, int dataSize, short count, int nesting) {
          super(segment, data, pointers, dataSize, count, nesting);
        }

        /** Which member of the union is set: one of the constants, or an unknown one. */
        public int which() {
          return Short.toUnsignedInt(_getShortField(2));
        }

        public int getSenderLoopback() {
          return _getIntField(0);
        }

        public int getReceiverLoopback() {
          return _getIntField(0);
        }

        public int getProvide() {
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

        public void setSenderLoopback(int value) {
          _setShortField(2, (short) SENDER_LOOPBACK);
          _setIntField(0, value);
        }

        public void setReceiverLoopback(int value) {
          _setShortField(2, (short) RECEIVER_LOOPBACK);
          _setIntField(0, value);
        }

        public void setAccept() {
          _setShortField(2, (short) ACCEPT);
        }

        public void setProvide(int value) {
          _setShortField(2, (short) PROVIDE);
          _setIntField(0, value);
        }
      }
    }
  }

  public static final class Provide
      extends StructFactory<Provide.Builder, Provide.Reader> {
    public static final Provide factory = new Provide();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private Provide() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasTarget() {
        return !_pointerFieldIsNull(0);
      }

      public Rpc.MessageTarget.Reader getTarget() {
        return _getPointerField(Rpc.MessageTarget.factory, 0);
      }

      public boolean hasRecipient() {
        return !_pointerFieldIsNull(1);
      }

      public AnyPointer.Reader getRecipient() {
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

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public Rpc.MessageTarget.Builder initTarget() {
        return _initPointerField(Rpc.MessageTarget.factory, 0, 0);
      }

      public void setTarget(Rpc.MessageTarget.Reader value) {
        _setPointerField(Rpc.MessageTarget.factory, 0, value);
      }

      public AnyPointer.Builder initRecipient() {
        return _initPointerField(AnyPointer.factory, 1, 0);
      }
    }
  }

  public static final class Accept
      extends StructFactory<Accept.Builder, Accept.Reader> {
    public static final Accept factory = new Accept();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Accept() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasProvision() {
        return !_pointerFieldIsNull(0);
      }

      public AnyPointer.Reader getProvision() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public boolean getEmbargo() {
        return _getBooleanField(32);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public AnyPointer.Builder initProvision() {
        return _initPointerField(AnyPointer.factory, 0, 0);
      }

      public void setEmbargo(boolean value) {
        _setBooleanField(32, value);
      }
    }
  }

  public static final class Join
      extends StructFactory<Join.Builder, Join.Reader> {
    public static final Join factory = new Join();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private Join() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasTarget() {
        return !_pointerFieldIsNull(0);
      }

      public Rpc.MessageTarget.Reader getTarget() {
        return _getPointerField(Rpc.MessageTarget.factory, 0);
      }

      public boolean hasKeyPart() {
        return !_pointerFieldIsNull(1);
      }

      public AnyPointer.Reader getKeyPart() {
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

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public Rpc.MessageTarget.Builder initTarget() {
        return _initPointerField(Rpc.MessageTarget.factory, 0, 0);
      }

      public void setTarget(Rpc.MessageTarget.Reader value) {
        _setPointerField(Rpc.MessageTarget.factory, 0, value);
      }

      public AnyPointer.Builder initKeyPart() {
        return _initPointerField(AnyPointer.factory, 1, 0);
      }
    }
  }

  public static final class MessageTarget
      extends StructFactory<MessageTarget.Builder, MessageTarget.Reader> {
    public static final MessageTarget factory = new MessageTarget();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);
    public static final int IMPORTED_CAP = 0;
    public static final int PROMISED_ANSWER = 1;

    private MessageTarget() {}

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

      /** Which member of the union is set: one of the constants, or an unknown one. */
      public int which() {
        return Short.toUnsignedInt(_getShortField(2));
      }

      public int getImportedCap() {
        return _getIntField(0);
      }

      public Rpc.PromisedAnswer.Reader getPromisedAnswer() {
        return _getPointerField(Rpc.PromisedAnswer.factory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setImportedCap(int value) {
        _setShortField(2, (short) IMPORTED_CAP);
        _setIntField(0, value);
      }

      public Rpc.PromisedAnswer.Builder initPromisedAnswer() {
        _setShortField(2, (short) PROMISED_ANSWER);
        return _initPointerField(Rpc.PromisedAnswer.factory, 0, 0);
      }

      public void setPromisedAnswer(Rpc.PromisedAnswer.Reader value) {
        _setShortField(2, (short) PROMISED_ANSWER);
        _setPointerField(Rpc.PromisedAnswer.factory, 0, value);
      }
    }
  }

  public static final class Payload
      extends StructFactory<Payload.Builder, Payload.Reader> {
    public static final Payload factory = new Payload();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private Payload() {}

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

      public boolean hasContent() {
        return !_pointerFieldIsNull(0);
      }

      public AnyPointer.Reader getContent() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public boolean hasCapTable() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<Rpc.CapDescriptor.Reader> getCapTable() {
        return _getPointerField(Rpc.CapDescriptor.listFactory, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public AnyPointer.Builder initContent() {
        return _initPointerField(AnyPointer.factory, 0, 0);
      }

      public StructList.Builder<Rpc.CapDescriptor.Builder> initCapTable(int size) {
        return _initPointerField(Rpc.CapDescriptor.listFactory, 1, size);
      }
    }
  }

  public static final class CapDescriptor
      extends StructFactory<CapDescriptor.Builder, CapDescriptor.Reader> {
    public static final CapDescriptor factory = new CapDescriptor();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);
    public static final int NONE = 0;
    public static final int SENDER_HOSTED = 1;
    public static final int SENDER_PROMISE = 2;
    public static final int RECEIVER_HOSTED = 3;
    public static final int RECEIVER_ANSWER = 4;
    public static final int THIRD_PARTY_HOSTED = 5;

    private CapDescriptor() {}

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

      /** Which member of the union is set: one of the constants, or an unknown one. */
      public int which() {
        return Short.toUnsignedInt(_getShortField(0));
      }

      public int getSenderHosted() {
        return _getIntField(1);
      }

      public int getSenderPromise() {
        return _getIntField(1);
      }

      public int getReceiverHosted() {
        return _getIntField(1);
      }

      public Rpc.PromisedAnswer.Reader getReceiverAnswer() {
        return _getPointerField(Rpc.PromisedAnswer.factory, 0);
      }

      public Rpc.ThirdPartyCapDescriptor.Reader getThirdPartyHosted() {
        return _getPointerField(Rpc.ThirdPartyCapDescriptor.factory, 0);
      }

      public int getAttachedFd() {
        return Byte.toUnsignedInt(_getByteField(2, (byte) 255));
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setNone() {
        _setShortField(0, (short) NONE);
      }

      public void setSenderHosted(int value) {
        _setShortField(0, (short) SENDER_HOSTED);
        _setIntField(1, value);
      }

      public void setSenderPromise(int value) {
        _setShortField(0, (short) SENDER_PROMISE);
        _setIntField(1, value);
      }

      public void setReceiverHosted(int value) {
        _setShortField(0, (short) RECEIVER_HOSTED);
        _setIntField(1, value);
      }

      public Rpc.PromisedAnswer.Builder initReceiverAnswer() {
        _setShortField(0, (short) RECEIVER_ANSWER);
        return _initPointerField(Rpc.PromisedAnswer.factory, 0, 0);
      }

      public void setReceiverAnswer(Rpc.PromisedAnswer.Reader value) {
        _setShortField(0, (short) RECEIVER_ANSWER);
        _setPointerField(Rpc.PromisedAnswer.factory, 0, value);
      }

      public Rpc.ThirdPartyCapDescriptor.Builder initThirdPartyHosted() {
        _setShortField(0, (short) THIRD_PARTY_HOSTED);
        return _initPointerField(Rpc.ThirdPartyCapDescriptor.factory, 0, 0);
      }

      public void setThirdPartyHosted(Rpc.ThirdPartyCapDescriptor.Reader value) {
        _setShortField(0, (short) THIRD_PARTY_HOSTED);
        _setPointerField(Rpc.ThirdPartyCapDescriptor.factory, 0, value);
      }

      public void setAttachedFd(int value) {
        _setByteField(2, (byte) value, (byte) 255);
      }
    }
  }

  public static final class PromisedAnswer
      extends StructFactory<PromisedAnswer.Builder, PromisedAnswer.Reader> {
    public static final PromisedAnswer factory = new PromisedAnswer();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private PromisedAnswer() {}

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

      public int getQuestionId() {
        return _getIntField(0);
      }

      public boolean hasTransform() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Rpc.PromisedAnswer.Op.Reader> getTransform() {
        return _getPointerField(Rpc.PromisedAnswer.Op.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setQuestionId(int value) {
        _setIntField(0, value);
      }

      public StructList.Builder<Rpc.PromisedAnswer.Op.Builder> initTransform(int size) {
        return _initPointerField(Rpc.PromisedAnswer.Op.listFactory, 0, size);
      }
    }

    public static final class Op
        extends StructFactory<Op.Builder, Op.Reader> {
      public static final Op factory = new Op();
      public static final StructList.Factory<Builder, Reader> listFactory =
          new StructList.Factory<>(factory);
      private static final StructSize SIZE = new StructSize((short) 1, (short) 0);
      public static final int NOOP = 0;
      public static final int GET_POINTER_FIELD = 1;

      private Op() {}

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

        /** Which member of the union is set: one of the constants, or an unknown one. */
        public int which() {
          return Short.toUnsignedInt(_getShortField(0));
        }

        public int getGetPointerField() {
          return Short.toUnsignedInt(_getShortField(1));
        }
      }

      public static final class Builder extends StructBuilder {
        Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
          super(segment, data, pointers, dataSize, count);
        }

        public Reader asReader() {
          return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
        }

        public void setNoop() {
          _setShortField(0, (short) NOOP);
        }

        public void setGetPointerField(int value) {
          _setShortField(0, (short) GET_POINTER_FIELD);
          _setShortField(1, (short) value);
        }
      }
    }
  }

  public static final class ThirdPartyCapDescriptor
      extends StructFactory<ThirdPartyCapDescriptor.Builder, ThirdPartyCapDescriptor.Reader> {
    public static final ThirdPartyCapDescriptor factory = new ThirdPartyCapDescriptor();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private ThirdPartyCapDescriptor() {}

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

      public boolean hasId() {
        return !_pointerFieldIsNull(0);
      }

      public AnyPointer.Reader getId() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public int getVineId() {
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

      public AnyPointer.Builder initId() {
        return _initPointerField(AnyPointer.factory, 0, 0);
      }

      public void setVineId(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class Exception
      extends StructFactory<Exception.Builder, Exception.Reader> {
    public static final Exception factory = new Exception();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private Exception() {}

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

      public boolean hasReason() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getReason() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean getObsoleteIsCallersFault() {
        return _getBooleanField(0);
      }

      public int getObsoleteDurability() {
        return Short.toUnsignedInt(_getShortField(1));
      }

      public Rpc.Exception.Type getType() {
        return Rpc.Exception.Type.of(_getShortField(2));
      }

      public boolean hasTrace() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getTrace() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setReason(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setObsoleteIsCallersFault(boolean value) {
        _setBooleanField(0, value);
      }

      public void setObsoleteDurability(int value) {
        _setShortField(1, (short) value);
      }

      public void setType(Rpc.Exception.Type value) {
        _setShortField(2, (short) value.ordinal());
      }

      public void setTrace(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }

    public enum Type {
      FAILED,
      OVERLOADED,
      DISCONNECTED,
      UNIMPLEMENTED,
      /** A value from a newer schema. */
      NOT_IN_SCHEMA;

      private static final Type[] VALUES = values();

      static Type of(short value) {
        return VALUES[Math.min(Short.toUnsignedInt(value), VALUES.length - 1)];
      }
    }
  }

  private Rpc() {}
}
