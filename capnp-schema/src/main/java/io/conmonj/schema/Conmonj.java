// Generated from conmonj.capnp by io.conmonj.schemagen; do not edit.
package io.conmonj.schema;

import org.capnproto.AnyPointer;
import org.capnproto.Data;
import org.capnproto.PrimitiveList;
import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructBuilder;
import org.capnproto.StructFactory;
import org.capnproto.StructList;
import org.capnproto.StructReader;
import org.capnproto.StructSize;
import org.capnproto.Text;
import org.capnproto.TextList;

/** The types of {@code conmonj.capnp}, where they are explained. */
public final class Conmonj {
  /** Identifies the interface in a call. */
  public static final long INTERFACE_ID = 0xd6a4c1f3b0925e77L;

  /**
   * {@code serverInfo}: a {@link Conmonj.ServerInfoRequest}
   * for a {@link Conmonj.ServerInfoResponse}.
   */
  public static final int SERVER_INFO = 0;

  /**
   * {@code servePortForward}: a {@link Conmonj.ServePortForwardRequest}
   * for a {@link Conmonj.ServePortForwardResponse}.
   */
  public static final int SERVE_PORT_FORWARD = 1;

  /**
   * {@code listSessions}: a {@link Conmonj.ListSessionsRequest}
   * for a {@link Conmonj.ListSessionsResponse}.
   */
  public static final int LIST_SESSIONS = 2;

  /**
   * {@code endSession}: a {@link Conmonj.EndSessionRequest}
   * for a {@link Conmonj.EndSessionResponse}.
   */
  public static final int END_SESSION = 3;

  /**
   * {@code serveExec}: a {@link Conmonj.ServeExecRequest}
   * for a {@link Conmonj.ServeExecResponse}.
   */
  public static final int SERVE_EXEC = 4;

  /**
   * {@code serveAttach}: a {@link Conmonj.ServeAttachRequest}
   * for a {@link Conmonj.ServeAttachResponse}.
   */
  public static final int SERVE_ATTACH = 5;

  /**
   * {@code execSync}: a {@link Conmonj.ExecSyncRequest}
   * for a {@link Conmonj.ExecSyncResponse}.
   */
  public static final int EXEC_SYNC = 6;

  /**
   * {@code sleep}: a {@link Conmonj.SleepRequest}
   * for a {@link Conmonj.SleepResponse}.
   */
  public static final int SLEEP = 7;

  /**
   * {@code upgrade}: a {@link Conmonj.UpgradeRequest}
   * for a {@link Conmonj.UpgradeResponse}.
   */
  public static final int UPGRADE = 8;

  public static final class ServerInfoRequest
      extends StructFactory<ServerInfoRequest.Builder, ServerInfoRequest.Reader> {
    public static final ServerInfoRequest factory = new ServerInfoRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private ServerInfoRequest() {}

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
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }
    }
  }

  public static final class ServerInfoResponse
      extends StructFactory<ServerInfoResponse.Builder, ServerInfoResponse.Reader> {
    public static final ServerInfoResponse factory = new ServerInfoResponse();
    private static final StructSize SIZE = new StructSize((short) 4, (short) 9);

    private ServerInfoResponse() {}

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

      public int getProcessId() {
        return _getIntField(0);
      }

      public boolean hasVersion() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getVersion() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getStartTimeNanos() {
        return _getLongField(1);
      }

      public boolean hasRuntimeDir() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getRuntimeDir() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public int getContainers() {
        return _getIntField(1);
      }

      public int getSessions() {
        return _getIntField(4);
      }

      public boolean hasRuntime() {
        return !_pointerFieldIsNull(2);
      }

      public Text.Reader getRuntime() {
        return _getPointerField(Text.factory, 2, null, 0, 0);
      }

      public boolean hasRuntimeRoot() {
        return !_pointerFieldIsNull(3);
      }

      public Text.Reader getRuntimeRoot() {
        return _getPointerField(Text.factory, 3, null, 0, 0);
      }

      public boolean hasPod() {
        return !_pointerFieldIsNull(4);
      }

      public StructList.Reader<Conmonj.PodContainer.Reader> getPod() {
        return _getPointerField(Conmonj.PodContainer.listFactory, 4);
      }

      public boolean hasMemory() {
        return !_pointerFieldIsNull(5);
      }

      public StructList.Reader<Conmonj.MemoryUse.Reader> getMemory() {
        return _getPointerField(Conmonj.MemoryUse.listFactory, 5);
      }

      public boolean hasSessionUse() {
        return !_pointerFieldIsNull(6);
      }

      public StructList.Reader<Conmonj.SessionUse.Reader> getSessionUse() {
        return _getPointerField(Conmonj.SessionUse.listFactory, 6);
      }

      public int getSleeps() {
        return _getIntField(5);
      }

      public long getAsleepNanos() {
        return _getLongField(3);
      }

      public boolean hasWakes() {
        return !_pointerFieldIsNull(7);
      }

      public StructList.Reader<Conmonj.WakeCount.Reader> getWakes() {
        return _getPointerField(Conmonj.WakeCount.listFactory, 7);
      }

      public boolean hasLastWake() {
        return !_pointerFieldIsNull(8);
      }

      public Text.Reader getLastWake() {
        return _getPointerField(Text.factory, 8, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setProcessId(int value) {
        _setIntField(0, value);
      }

      public void setVersion(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setStartTimeNanos(long value) {
        _setLongField(1, value);
      }

      public void setRuntimeDir(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setContainers(int value) {
        _setIntField(1, value);
      }

      public void setSessions(int value) {
        _setIntField(4, value);
      }

      public void setRuntime(String value) {
        _setPointerField(Text.factory, 2, new Text.Reader(value));
      }

      public void setRuntimeRoot(String value) {
        _setPointerField(Text.factory, 3, new Text.Reader(value));
      }

      public StructList.Builder<Conmonj.PodContainer.Builder> initPod(int size) {
        return _initPointerField(Conmonj.PodContainer.listFactory, 4, size);
      }

      public StructList.Builder<Conmonj.MemoryUse.Builder> initMemory(int size) {
        return _initPointerField(Conmonj.MemoryUse.listFactory, 5, size);
      }

      public StructList.Builder<Conmonj.SessionUse.Builder> initSessionUse(int size) {
        return _initPointerField(Conmonj.SessionUse.listFactory, 6, size);
      }

      public void setSleeps(int value) {
        _setIntField(5, value);
      }

      public void setAsleepNanos(long value) {
        _setLongField(3, value);
      }

      public StructList.Builder<Conmonj.WakeCount.Builder> initWakes(int size) {
        return _initPointerField(Conmonj.WakeCount.listFactory, 7, size);
      }

      public void setLastWake(String value) {
        _setPointerField(Text.factory, 8, new Text.Reader(value));
      }
    }
  }

  public static final class WakeCount
      extends StructFactory<WakeCount.Builder, WakeCount.Reader> {
    public static final WakeCount factory = new WakeCount();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private WakeCount() {}

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

      public boolean hasCause() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getCause() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getCount() {
        return _getLongField(0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setCause(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setCount(long value) {
        _setLongField(0, value);
      }
    }
  }

  public static final class MemoryUse
      extends StructFactory<MemoryUse.Builder, MemoryUse.Reader> {
    public static final MemoryUse factory = new MemoryUse();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 2, (short) 1);

    private MemoryUse() {}

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

      public boolean hasName() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getName() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getHeldBytes() {
        return _getLongField(0);
      }

      public long getLimitBytes() {
        return _getLongField(1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setName(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setHeldBytes(long value) {
        _setLongField(0, value);
      }

      public void setLimitBytes(long value) {
        _setLongField(1, value);
      }
    }
  }

  public static final class SessionUse
      extends StructFactory<SessionUse.Builder, SessionUse.Reader> {
    public static final SessionUse factory = new SessionUse();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private SessionUse() {}

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

      public boolean hasKind() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getKind() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public int getConnected() {
        return _getIntField(0);
      }

      public int getLimit() {
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

      public void setKind(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setConnected(int value) {
        _setIntField(0, value);
      }

      public void setLimit(int value) {
        _setIntField(1, value);
      }
    }
  }

  public static final class PodContainer
      extends StructFactory<PodContainer.Builder, PodContainer.Reader> {
    public static final PodContainer factory = new PodContainer();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private PodContainer() {}

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

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public int getProcessId() {
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

      public void setId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setProcessId(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class ServePortForwardRequest
      extends StructFactory<ServePortForwardRequest.Builder, ServePortForwardRequest.Reader> {
    public static final ServePortForwardRequest factory = new ServePortForwardRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private ServePortForwardRequest() {}

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

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasPorts() {
        return !_pointerFieldIsNull(1);
      }

      public PrimitiveList.Short.Reader getPorts() {
        return _getPointerField(PrimitiveList.Short.factory, 1);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public PrimitiveList.Short.Builder initPorts(int size) {
        return _initPointerField(PrimitiveList.Short.factory, 1, size);
      }
    }
  }

  public static final class ServePortForwardResponse
      extends StructFactory<ServePortForwardResponse.Builder, ServePortForwardResponse.Reader> {
    public static final ServePortForwardResponse factory = new ServePortForwardResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServePortForwardResponse() {}

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

      public boolean hasUrl() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getUrl() {
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

      public void setUrl(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class ListSessionsRequest
      extends StructFactory<ListSessionsRequest.Builder, ListSessionsRequest.Reader> {
    public static final ListSessionsRequest factory = new ListSessionsRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private ListSessionsRequest() {}

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
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }
    }
  }

  public static final class ListSessionsResponse
      extends StructFactory<ListSessionsResponse.Builder, ListSessionsResponse.Reader> {
    public static final ListSessionsResponse factory = new ListSessionsResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ListSessionsResponse() {}

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

      public boolean hasSessions() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmonj.Session.Reader> getSessions() {
        return _getPointerField(Conmonj.Session.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public StructList.Builder<Conmonj.Session.Builder> initSessions(int size) {
        return _initPointerField(Conmonj.Session.listFactory, 0, size);
      }
    }
  }

  public static final class Session
      extends StructFactory<Session.Builder, Session.Reader> {
    public static final Session factory = new Session();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 5, (short) 3);

    private Session() {}

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

      public long getId() {
        return _getLongField(0);
      }

      public boolean hasKind() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getKind() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasTarget() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getTarget() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean hasProtocol() {
        return !_pointerFieldIsNull(2);
      }

      public Text.Reader getProtocol() {
        return _getPointerField(Text.factory, 2, null, 0, 0);
      }

      public long getSinceNanos() {
        return _getLongField(1);
      }

      public long getReceivedBytes() {
        return _getLongField(2);
      }

      public long getSentBytes() {
        return _getLongField(3);
      }

      public boolean getClientGone() {
        return _getBooleanField(256);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(long value) {
        _setLongField(0, value);
      }

      public void setKind(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setTarget(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setProtocol(String value) {
        _setPointerField(Text.factory, 2, new Text.Reader(value));
      }

      public void setSinceNanos(long value) {
        _setLongField(1, value);
      }

      public void setReceivedBytes(long value) {
        _setLongField(2, value);
      }

      public void setSentBytes(long value) {
        _setLongField(3, value);
      }

      public void setClientGone(boolean value) {
        _setBooleanField(256, value);
      }
    }
  }

  public static final class EndSessionRequest
      extends StructFactory<EndSessionRequest.Builder, EndSessionRequest.Reader> {
    public static final EndSessionRequest factory = new EndSessionRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private EndSessionRequest() {}

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

      public long getId() {
        return _getLongField(0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(long value) {
        _setLongField(0, value);
      }
    }
  }

  public static final class EndSessionResponse
      extends StructFactory<EndSessionResponse.Builder, EndSessionResponse.Reader> {
    public static final EndSessionResponse factory = new EndSessionResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private EndSessionResponse() {}

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
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }
    }
  }

  public static final class ServeExecRequest
      extends StructFactory<ServeExecRequest.Builder, ServeExecRequest.Reader> {
    public static final ServeExecRequest factory = new ServeExecRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 7);

    private ServeExecRequest() {}

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

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasCommand() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getCommand() {
        return _getPointerField(TextList.factory, 1);
      }

      public boolean getStdin() {
        return _getBooleanField(0);
      }

      public boolean getStdout() {
        return _getBooleanField(1);
      }

      public boolean getStderr() {
        return _getBooleanField(2);
      }

      public boolean getTty() {
        return _getBooleanField(3);
      }

      public boolean hasEnv() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getEnv() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasWorkingDirectory() {
        return !_pointerFieldIsNull(3);
      }

      public Text.Reader getWorkingDirectory() {
        return _getPointerField(Text.factory, 3, null, 0, 0);
      }

      public boolean hasUser() {
        return !_pointerFieldIsNull(4);
      }

      public Text.Reader getUser() {
        return _getPointerField(Text.factory, 4, null, 0, 0);
      }

      public boolean hasAdditionalGroups() {
        return !_pointerFieldIsNull(5);
      }

      public PrimitiveList.Int.Reader getAdditionalGroups() {
        return _getPointerField(PrimitiveList.Int.factory, 5);
      }

      public int getColumns() {
        return Short.toUnsignedInt(_getShortField(1));
      }

      public int getRows() {
        return Short.toUnsignedInt(_getShortField(2));
      }

      public boolean hasDetachKeys() {
        return !_pointerFieldIsNull(6);
      }

      public Text.Reader getDetachKeys() {
        return _getPointerField(Text.factory, 6, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public TextList.Builder initCommand(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }

      public void setStdin(boolean value) {
        _setBooleanField(0, value);
      }

      public void setStdout(boolean value) {
        _setBooleanField(1, value);
      }

      public void setStderr(boolean value) {
        _setBooleanField(2, value);
      }

      public void setTty(boolean value) {
        _setBooleanField(3, value);
      }

      public TextList.Builder initEnv(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public void setWorkingDirectory(String value) {
        _setPointerField(Text.factory, 3, new Text.Reader(value));
      }

      public void setUser(String value) {
        _setPointerField(Text.factory, 4, new Text.Reader(value));
      }

      public PrimitiveList.Int.Builder initAdditionalGroups(int size) {
        return _initPointerField(PrimitiveList.Int.factory, 5, size);
      }

      public void setColumns(int value) {
        _setShortField(1, (short) value);
      }

      public void setRows(int value) {
        _setShortField(2, (short) value);
      }

      public void setDetachKeys(String value) {
        _setPointerField(Text.factory, 6, new Text.Reader(value));
      }
    }
  }

  public static final class ServeExecResponse
      extends StructFactory<ServeExecResponse.Builder, ServeExecResponse.Reader> {
    public static final ServeExecResponse factory = new ServeExecResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServeExecResponse() {}

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

      public boolean hasUrl() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getUrl() {
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

      public void setUrl(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class ServeAttachRequest
      extends StructFactory<ServeAttachRequest.Builder, ServeAttachRequest.Reader> {
    public static final ServeAttachRequest factory = new ServeAttachRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private ServeAttachRequest() {}

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

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean getStdin() {
        return _getBooleanField(0);
      }

      public boolean getStdout() {
        return _getBooleanField(1);
      }

      public boolean getStderr() {
        return _getBooleanField(2);
      }

      public int getReplayBytes() {
        return _getIntField(1);
      }

      public boolean getStdinOnce() {
        return _getBooleanField(3);
      }

      public boolean hasDetachKeys() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getDetachKeys() {
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

      public void setId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setStdin(boolean value) {
        _setBooleanField(0, value);
      }

      public void setStdout(boolean value) {
        _setBooleanField(1, value);
      }

      public void setStderr(boolean value) {
        _setBooleanField(2, value);
      }

      public void setReplayBytes(int value) {
        _setIntField(1, value);
      }

      public void setStdinOnce(boolean value) {
        _setBooleanField(3, value);
      }

      public void setDetachKeys(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }
  }

  public static final class ServeAttachResponse
      extends StructFactory<ServeAttachResponse.Builder, ServeAttachResponse.Reader> {
    public static final ServeAttachResponse factory = new ServeAttachResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServeAttachResponse() {}

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

      public boolean hasUrl() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getUrl() {
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

      public void setUrl(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class ExecSyncRequest
      extends StructFactory<ExecSyncRequest.Builder, ExecSyncRequest.Reader> {
    public static final ExecSyncRequest factory = new ExecSyncRequest();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 4);

    private ExecSyncRequest() {}

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

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasCommand() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getCommand() {
        return _getPointerField(TextList.factory, 1);
      }

      public boolean getTty() {
        return _getBooleanField(0);
      }

      public long getTimeoutMillis() {
        return _getLongField(1);
      }

      public boolean hasEnv() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getEnv() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(3);
      }

      public TextList.Reader getMetadata() {
        return _getPointerField(TextList.factory, 3);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public TextList.Builder initCommand(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }

      public void setTty(boolean value) {
        _setBooleanField(0, value);
      }

      public void setTimeoutMillis(long value) {
        _setLongField(1, value);
      }

      public TextList.Builder initEnv(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initMetadata(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }
    }
  }

  public static final class ExecSyncResponse
      extends StructFactory<ExecSyncResponse.Builder, ExecSyncResponse.Reader> {
    public static final ExecSyncResponse factory = new ExecSyncResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private ExecSyncResponse() {}

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

      public int getExitCode() {
        return _getIntField(0);
      }

      public boolean getTimedOut() {
        return _getBooleanField(32);
      }

      public boolean hasStdout() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getStdout() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }

      public boolean hasStderr() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getStderr() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }

      public boolean getStdoutCut() {
        return _getBooleanField(33);
      }

      public boolean getStderrCut() {
        return _getBooleanField(34);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setExitCode(int value) {
        _setIntField(0, value);
      }

      public void setTimedOut(boolean value) {
        _setBooleanField(32, value);
      }

      public void setStdout(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initStdout(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToStdout() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public void setStderr(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initStderr(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToStderr() {
        return _getPointerField(AnyPointer.factory, 1);
      }

      public void setStdoutCut(boolean value) {
        _setBooleanField(33, value);
      }

      public void setStderrCut(boolean value) {
        _setBooleanField(34, value);
      }
    }
  }

  public static final class SleepRequest
      extends StructFactory<SleepRequest.Builder, SleepRequest.Reader> {
    public static final SleepRequest factory = new SleepRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private SleepRequest() {}

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
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }
    }
  }

  public static final class SleepResponse
      extends StructFactory<SleepResponse.Builder, SleepResponse.Reader> {
    public static final SleepResponse factory = new SleepResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private SleepResponse() {}

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

      public int getWorkerProcessId() {
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

      public void setWorkerProcessId(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class UpgradeRequest
      extends StructFactory<UpgradeRequest.Builder, UpgradeRequest.Reader> {
    public static final UpgradeRequest factory = new UpgradeRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private UpgradeRequest() {}

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

      public boolean hasDistribution() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getDistribution() {
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

      public void setDistribution(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class UpgradeResponse
      extends StructFactory<UpgradeResponse.Builder, UpgradeResponse.Reader> {
    public static final UpgradeResponse factory = new UpgradeResponse();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 2);

    private UpgradeResponse() {}

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

      public boolean hasDistribution() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getDistribution() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getPauseNanos() {
        return _getLongField(0);
      }

      public int getEndedSessions() {
        return _getIntField(2);
      }

      public boolean hasHolderStays() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getHolderStays() {
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

      public void setDistribution(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setPauseNanos(long value) {
        _setLongField(0, value);
      }

      public void setEndedSessions(int value) {
        _setIntField(2, value);
      }

      public void setHolderStays(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }
  }

  private Conmonj() {}
}
