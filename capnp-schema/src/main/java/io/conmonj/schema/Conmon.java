// Generated from conmon.capnp by io.conmonj.schemagen; do not edit.
package io.conmonj.schema;

import org.capnproto.AnyPointer;
import org.capnproto.Data;
import org.capnproto.EnumList;
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

/** The types of {@code conmon.capnp}, where they are explained. */
public final class Conmon {
  /** Identifies the interface in a call. */
  public static final long INTERFACE_ID = 0xb737e899dd6633f1L;

  /**
   * {@code version}: a {@link Conmon.VersionRequest}
   * for a {@link Conmon.VersionResponse}.
   */
  public static final int VERSION = 0;

  /**
   * {@code createContainer}: a {@link Conmon.CreateContainerRequest}
   * for a {@link Conmon.CreateContainerResponse}.
   */
  public static final int CREATE_CONTAINER = 1;

  /**
   * {@code execSyncContainer}: a {@link Conmon.ExecSyncContainerRequest}
   * for a {@link Conmon.ExecSyncContainerResponse}.
   */
  public static final int EXEC_SYNC_CONTAINER = 2;

  /**
   * {@code attachContainer}: a {@link Conmon.AttachRequest}
   * for a {@link Conmon.AttachResponse}.
   */
  public static final int ATTACH_CONTAINER = 3;

  /**
   * {@code reopenLogContainer}: a {@link Conmon.ReopenLogRequest}
   * for a {@link Conmon.ReopenLogResponse}.
   */
  public static final int REOPEN_LOG_CONTAINER = 4;

  /**
   * {@code setWindowSizeContainer}: a {@link Conmon.SetWindowSizeRequest}
   * for a {@link Conmon.SetWindowSizeResponse}.
   */
  public static final int SET_WINDOW_SIZE_CONTAINER = 5;

  /**
   * {@code createNamespaces}: a {@link Conmon.CreateNamespacesRequest}
   * for a {@link Conmon.CreateNamespacesResponse}.
   */
  public static final int CREATE_NAMESPACES = 6;

  /**
   * {@code startFdSocket}: a {@link Conmon.StartFdSocketRequest}
   * for a {@link Conmon.StartFdSocketResponse}.
   */
  public static final int START_FD_SOCKET = 7;

  /**
   * {@code serveExecContainer}: a {@link Conmon.ServeExecContainerRequest}
   * for a {@link Conmon.ServeExecContainerResponse}.
   */
  public static final int SERVE_EXEC_CONTAINER = 8;

  /**
   * {@code serveAttachContainer}: a {@link Conmon.ServeAttachContainerRequest}
   * for a {@link Conmon.ServeAttachContainerResponse}.
   */
  public static final int SERVE_ATTACH_CONTAINER = 9;

  /**
   * {@code servePortForwardContainer}: a {@link Conmon.ServePortForwardContainerRequest}
   * for a {@link Conmon.ServePortForwardContainerResponse}.
   */
  public static final int SERVE_PORT_FORWARD_CONTAINER = 10;

  public static final class TextTextMapEntry
      extends StructFactory<TextTextMapEntry.Builder, TextTextMapEntry.Reader> {
    public static final TextTextMapEntry factory = new TextTextMapEntry();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private TextTextMapEntry() {}

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

      public boolean hasValue() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getValue() {
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

      public void setKey(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setValue(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }
  }

  public enum CgroupManager {
    SYSTEMD,
    CGROUPFS,
    /** A value from a newer schema. */
    NOT_IN_SCHEMA;

    private static final CgroupManager[] VALUES = values();

    static CgroupManager of(short value) {
      return VALUES[Math.min(Short.toUnsignedInt(value), VALUES.length - 1)];
    }
  }

  public static final class VersionRequest
      extends StructFactory<VersionRequest.Builder, VersionRequest.Reader> {
    public static final VersionRequest factory = new VersionRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private VersionRequest() {}

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

      public boolean getVerbose() {
        return _getBooleanField(0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setVerbose(boolean value) {
        _setBooleanField(0, value);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 0, size);
      }
    }
  }

  public static final class VersionResponse
      extends StructFactory<VersionResponse.Builder, VersionResponse.Reader> {
    public static final VersionResponse factory = new VersionResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 8);

    private VersionResponse() {}

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

      public boolean hasTag() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getTag() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean hasCommit() {
        return !_pointerFieldIsNull(2);
      }

      public Text.Reader getCommit() {
        return _getPointerField(Text.factory, 2, null, 0, 0);
      }

      public boolean hasBuildDate() {
        return !_pointerFieldIsNull(3);
      }

      public Text.Reader getBuildDate() {
        return _getPointerField(Text.factory, 3, null, 0, 0);
      }

      public boolean hasTarget() {
        return !_pointerFieldIsNull(4);
      }

      public Text.Reader getTarget() {
        return _getPointerField(Text.factory, 4, null, 0, 0);
      }

      public boolean hasRustVersion() {
        return !_pointerFieldIsNull(5);
      }

      public Text.Reader getRustVersion() {
        return _getPointerField(Text.factory, 5, null, 0, 0);
      }

      public boolean hasCargoVersion() {
        return !_pointerFieldIsNull(6);
      }

      public Text.Reader getCargoVersion() {
        return _getPointerField(Text.factory, 6, null, 0, 0);
      }

      public boolean hasCargoTree() {
        return !_pointerFieldIsNull(7);
      }

      public Text.Reader getCargoTree() {
        return _getPointerField(Text.factory, 7, null, 0, 0);
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

      public void setTag(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setCommit(String value) {
        _setPointerField(Text.factory, 2, new Text.Reader(value));
      }

      public void setBuildDate(String value) {
        _setPointerField(Text.factory, 3, new Text.Reader(value));
      }

      public void setTarget(String value) {
        _setPointerField(Text.factory, 4, new Text.Reader(value));
      }

      public void setRustVersion(String value) {
        _setPointerField(Text.factory, 5, new Text.Reader(value));
      }

      public void setCargoVersion(String value) {
        _setPointerField(Text.factory, 6, new Text.Reader(value));
      }

      public void setCargoTree(String value) {
        _setPointerField(Text.factory, 7, new Text.Reader(value));
      }
    }
  }

  public static final class CreateContainerRequest
      extends StructFactory<CreateContainerRequest.Builder, CreateContainerRequest.Reader> {
    public static final CreateContainerRequest factory = new CreateContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 12);

    private CreateContainerRequest() {}

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

      public boolean hasBundlePath() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getBundlePath() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean getTerminal() {
        return _getBooleanField(0);
      }

      public boolean getStdin() {
        return _getBooleanField(1);
      }

      public boolean hasExitPaths() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getExitPaths() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasOomExitPaths() {
        return !_pointerFieldIsNull(3);
      }

      public TextList.Reader getOomExitPaths() {
        return _getPointerField(TextList.factory, 3);
      }

      public boolean hasLogDrivers() {
        return !_pointerFieldIsNull(4);
      }

      public StructList.Reader<Conmon.LogDriver.Reader> getLogDrivers() {
        return _getPointerField(Conmon.LogDriver.listFactory, 4);
      }

      public boolean hasCleanupCmd() {
        return !_pointerFieldIsNull(5);
      }

      public TextList.Reader getCleanupCmd() {
        return _getPointerField(TextList.factory, 5);
      }

      public boolean hasGlobalArgs() {
        return !_pointerFieldIsNull(6);
      }

      public TextList.Reader getGlobalArgs() {
        return _getPointerField(TextList.factory, 6);
      }

      public boolean hasCommandArgs() {
        return !_pointerFieldIsNull(7);
      }

      public TextList.Reader getCommandArgs() {
        return _getPointerField(TextList.factory, 7);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(8);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 8);
      }

      public boolean hasEnvVars() {
        return !_pointerFieldIsNull(9);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getEnvVars() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 9);
      }

      public Conmon.CgroupManager getCgroupManager() {
        return Conmon.CgroupManager.of(_getShortField(1));
      }

      public boolean hasAdditionalFds() {
        return !_pointerFieldIsNull(10);
      }

      public PrimitiveList.Long.Reader getAdditionalFds() {
        return _getPointerField(PrimitiveList.Long.factory, 10);
      }

      public boolean hasLeakFds() {
        return !_pointerFieldIsNull(11);
      }

      public PrimitiveList.Long.Reader getLeakFds() {
        return _getPointerField(PrimitiveList.Long.factory, 11);
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

      public void setBundlePath(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setTerminal(boolean value) {
        _setBooleanField(0, value);
      }

      public void setStdin(boolean value) {
        _setBooleanField(1, value);
      }

      public TextList.Builder initExitPaths(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initOomExitPaths(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }

      public StructList.Builder<Conmon.LogDriver.Builder> initLogDrivers(int size) {
        return _initPointerField(Conmon.LogDriver.listFactory, 4, size);
      }

      public TextList.Builder initCleanupCmd(int size) {
        return _initPointerField(TextList.factory, 5, size);
      }

      public TextList.Builder initGlobalArgs(int size) {
        return _initPointerField(TextList.factory, 6, size);
      }

      public TextList.Builder initCommandArgs(int size) {
        return _initPointerField(TextList.factory, 7, size);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 8, size);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initEnvVars(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 9, size);
      }

      public void setCgroupManager(Conmon.CgroupManager value) {
        _setShortField(1, (short) value.ordinal());
      }

      public PrimitiveList.Long.Builder initAdditionalFds(int size) {
        return _initPointerField(PrimitiveList.Long.factory, 10, size);
      }

      public PrimitiveList.Long.Builder initLeakFds(int size) {
        return _initPointerField(PrimitiveList.Long.factory, 11, size);
      }
    }
  }

  public static final class LogDriver
      extends StructFactory<LogDriver.Builder, LogDriver.Reader> {
    public static final LogDriver factory = new LogDriver();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 2, (short) 1);

    private LogDriver() {}

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

      public Conmon.LogDriver.Type getType() {
        return Conmon.LogDriver.Type.of(_getShortField(0));
      }

      public boolean hasPath() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getPath() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getMaxSize() {
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

      public void setType(Conmon.LogDriver.Type value) {
        _setShortField(0, (short) value.ordinal());
      }

      public void setPath(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setMaxSize(long value) {
        _setLongField(1, value);
      }
    }

    public enum Type {
      CONTAINER_RUNTIME_INTERFACE,
      JSON,
      JOURNALD,
      /** A value from a newer schema. */
      NOT_IN_SCHEMA;

      private static final Type[] VALUES = values();

      static Type of(short value) {
        return VALUES[Math.min(Short.toUnsignedInt(value), VALUES.length - 1)];
      }
    }
  }

  public static final class CreateContainerResponse
      extends StructFactory<CreateContainerResponse.Builder, CreateContainerResponse.Reader> {
    public static final CreateContainerResponse factory = new CreateContainerResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 0);

    private CreateContainerResponse() {}

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

      public int getContainerPid() {
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

      public void setContainerPid(int value) {
        _setIntField(0, value);
      }
    }
  }

  public static final class ExecSyncContainerRequest
      extends StructFactory<ExecSyncContainerRequest.Builder, ExecSyncContainerRequest.Reader> {
    public static final ExecSyncContainerRequest factory = new ExecSyncContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 4);

    private ExecSyncContainerRequest() {}

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

      public long getTimeoutSec() {
        return _getLongField(0);
      }

      public boolean hasCommand() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getCommand() {
        return _getPointerField(TextList.factory, 1);
      }

      public boolean getTerminal() {
        return _getBooleanField(64);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(2);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 2);
      }

      public boolean hasEnvVars() {
        return !_pointerFieldIsNull(3);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getEnvVars() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 3);
      }

      public Conmon.CgroupManager getCgroupManager() {
        return Conmon.CgroupManager.of(_getShortField(5));
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

      public void setTimeoutSec(long value) {
        _setLongField(0, value);
      }

      public TextList.Builder initCommand(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }

      public void setTerminal(boolean value) {
        _setBooleanField(64, value);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 2, size);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initEnvVars(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 3, size);
      }

      public void setCgroupManager(Conmon.CgroupManager value) {
        _setShortField(5, (short) value.ordinal());
      }
    }
  }

  public static final class ExecSyncContainerResponse
      extends StructFactory<ExecSyncContainerResponse.Builder, ExecSyncContainerResponse.Reader> {
    public static final ExecSyncContainerResponse factory = new ExecSyncContainerResponse();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private ExecSyncContainerResponse() {}

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

      public boolean getTimedOut() {
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

      public void setExitCode(int value) {
        _setIntField(0, value);
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

      public void setTimedOut(boolean value) {
        _setBooleanField(32, value);
      }
    }
  }

  public static final class AttachRequest
      extends StructFactory<AttachRequest.Builder, AttachRequest.Reader> {
    public static final AttachRequest factory = new AttachRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 4);

    private AttachRequest() {}

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

      public boolean hasSocketPath() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getSocketPath() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean hasExecSessionId() {
        return !_pointerFieldIsNull(2);
      }

      public Text.Reader getExecSessionId() {
        return _getPointerField(Text.factory, 2, null, 0, 0);
      }

      public boolean getStopAfterStdinEof() {
        return _getBooleanField(0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(3);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 3);
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

      public void setSocketPath(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setExecSessionId(String value) {
        _setPointerField(Text.factory, 2, new Text.Reader(value));
      }

      public void setStopAfterStdinEof(boolean value) {
        _setBooleanField(0, value);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 3, size);
      }
    }
  }

  public static final class AttachResponse
      extends StructFactory<AttachResponse.Builder, AttachResponse.Reader> {
    public static final AttachResponse factory = new AttachResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private AttachResponse() {}

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

  public static final class ReopenLogRequest
      extends StructFactory<ReopenLogRequest.Builder, ReopenLogRequest.Reader> {
    public static final ReopenLogRequest factory = new ReopenLogRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private ReopenLogRequest() {}

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

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 1);
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

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 1, size);
      }
    }
  }

  public static final class ReopenLogResponse
      extends StructFactory<ReopenLogResponse.Builder, ReopenLogResponse.Reader> {
    public static final ReopenLogResponse factory = new ReopenLogResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private ReopenLogResponse() {}

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

  public static final class SetWindowSizeRequest
      extends StructFactory<SetWindowSizeRequest.Builder, SetWindowSizeRequest.Reader> {
    public static final SetWindowSizeRequest factory = new SetWindowSizeRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private SetWindowSizeRequest() {}

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

      public int getWidth() {
        return Short.toUnsignedInt(_getShortField(0));
      }

      public int getHeight() {
        return Short.toUnsignedInt(_getShortField(1));
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 1);
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

      public void setWidth(int value) {
        _setShortField(0, (short) value);
      }

      public void setHeight(int value) {
        _setShortField(1, (short) value);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 1, size);
      }
    }
  }

  public static final class SetWindowSizeResponse
      extends StructFactory<SetWindowSizeResponse.Builder, SetWindowSizeResponse.Reader> {
    public static final SetWindowSizeResponse factory = new SetWindowSizeResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 0);

    private SetWindowSizeResponse() {}

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

  public static final class CreateNamespacesRequest
      extends StructFactory<CreateNamespacesRequest.Builder, CreateNamespacesRequest.Reader> {
    public static final CreateNamespacesRequest factory = new CreateNamespacesRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 6);

    private CreateNamespacesRequest() {}

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

      public boolean hasNamespaces() {
        return !_pointerFieldIsNull(0);
      }

      public EnumList.Reader<Conmon.Namespace> getNamespaces() {
        return _getPointerField(Conmon.Namespace.listFactory, 0);
      }

      public boolean hasUidMappings() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getUidMappings() {
        return _getPointerField(TextList.factory, 1);
      }

      public boolean hasGidMappings() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getGidMappings() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasBasePath() {
        return !_pointerFieldIsNull(3);
      }

      public Text.Reader getBasePath() {
        return _getPointerField(Text.factory, 3, null, 0, 0);
      }

      public boolean hasPodId() {
        return !_pointerFieldIsNull(4);
      }

      public Text.Reader getPodId() {
        return _getPointerField(Text.factory, 4, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(5);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 5);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public EnumList.Builder<Conmon.Namespace> initNamespaces(int size) {
        return _initPointerField(Conmon.Namespace.listFactory, 0, size);
      }

      public TextList.Builder initUidMappings(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }

      public TextList.Builder initGidMappings(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public void setBasePath(String value) {
        _setPointerField(Text.factory, 3, new Text.Reader(value));
      }

      public void setPodId(String value) {
        _setPointerField(Text.factory, 4, new Text.Reader(value));
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 5, size);
      }
    }
  }

  public enum Namespace {
    IPC,
    NET,
    PID,
    USER,
    UTS,
    /** A value from a newer schema. */
    NOT_IN_SCHEMA;

    private static final Namespace[] VALUES = values();

    public static final EnumList.Factory<Namespace> listFactory = new EnumList.Factory<>(VALUES);

    static Namespace of(short value) {
      return VALUES[Math.min(Short.toUnsignedInt(value), VALUES.length - 1)];
    }
  }

  public static final class CreateNamespacesResponse
      extends StructFactory<CreateNamespacesResponse.Builder, CreateNamespacesResponse.Reader> {
    public static final CreateNamespacesResponse factory = new CreateNamespacesResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private CreateNamespacesResponse() {}

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

      public boolean hasNamespaces() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.NamespaceResponse.Reader> getNamespaces() {
        return _getPointerField(Conmon.NamespaceResponse.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public StructList.Builder<Conmon.NamespaceResponse.Builder> initNamespaces(int size) {
        return _initPointerField(Conmon.NamespaceResponse.listFactory, 0, size);
      }
    }
  }

  public static final class NamespaceResponse
      extends StructFactory<NamespaceResponse.Builder, NamespaceResponse.Reader> {
    public static final NamespaceResponse factory = new NamespaceResponse();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private NamespaceResponse() {}

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

      public Conmon.Namespace getType() {
        return Conmon.Namespace.of(_getShortField(0));
      }

      public boolean hasPath() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getPath() {
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

      public void setType(Conmon.Namespace value) {
        _setShortField(0, (short) value.ordinal());
      }

      public void setPath(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class StartFdSocketRequest
      extends StructFactory<StartFdSocketRequest.Builder, StartFdSocketRequest.Reader> {
    public static final StartFdSocketRequest factory = new StartFdSocketRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private StartFdSocketRequest() {}

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

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 0, size);
      }
    }
  }

  public static final class StartFdSocketResponse
      extends StructFactory<StartFdSocketResponse.Builder, StartFdSocketResponse.Reader> {
    public static final StartFdSocketResponse factory = new StartFdSocketResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private StartFdSocketResponse() {}

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

      public boolean hasPath() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getPath() {
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

      public void setPath(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }
    }
  }

  public static final class ServeExecContainerRequest
      extends StructFactory<ServeExecContainerRequest.Builder, ServeExecContainerRequest.Reader> {
    public static final ServeExecContainerRequest factory = new ServeExecContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 3);

    private ServeExecContainerRequest() {}

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

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 0);
      }

      public boolean hasId() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean hasCommand() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getCommand() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean getTty() {
        return _getBooleanField(0);
      }

      public boolean getStdin() {
        return _getBooleanField(1);
      }

      public boolean getStdout() {
        return _getBooleanField(2);
      }

      public boolean getStderr() {
        return _getBooleanField(3);
      }

      public Conmon.CgroupManager getCgroupManager() {
        return Conmon.CgroupManager.of(_getShortField(1));
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 0, size);
      }

      public void setId(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public TextList.Builder initCommand(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public void setTty(boolean value) {
        _setBooleanField(0, value);
      }

      public void setStdin(boolean value) {
        _setBooleanField(1, value);
      }

      public void setStdout(boolean value) {
        _setBooleanField(2, value);
      }

      public void setStderr(boolean value) {
        _setBooleanField(3, value);
      }

      public void setCgroupManager(Conmon.CgroupManager value) {
        _setShortField(1, (short) value.ordinal());
      }
    }
  }

  public static final class ServeExecContainerResponse
      extends StructFactory<ServeExecContainerResponse.Builder, ServeExecContainerResponse.Reader> {
    public static final ServeExecContainerResponse factory = new ServeExecContainerResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServeExecContainerResponse() {}

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

  public static final class ServeAttachContainerRequest
      extends StructFactory<ServeAttachContainerRequest.Builder, ServeAttachContainerRequest.Reader> {
    public static final ServeAttachContainerRequest factory = new ServeAttachContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private ServeAttachContainerRequest() {}

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

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 0);
      }

      public boolean hasId() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getId() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
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
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 0, size);
      }

      public void setId(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
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
    }
  }

  public static final class ServeAttachContainerResponse
      extends StructFactory<ServeAttachContainerResponse.Builder, ServeAttachContainerResponse.Reader> {
    public static final ServeAttachContainerResponse factory = new ServeAttachContainerResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServeAttachContainerResponse() {}

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

  public static final class ServePortForwardContainerRequest
      extends StructFactory<ServePortForwardContainerRequest.Builder, ServePortForwardContainerRequest.Reader> {
    public static final ServePortForwardContainerRequest factory = new ServePortForwardContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private ServePortForwardContainerRequest() {}

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

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 0);
      }

      public boolean hasNetNsPath() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getNetNsPath() {
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

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 0, size);
      }

      public void setNetNsPath(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }
  }

  public static final class ServePortForwardContainerResponse
      extends StructFactory<ServePortForwardContainerResponse.Builder, ServePortForwardContainerResponse.Reader> {
    public static final ServePortForwardContainerResponse factory = new ServePortForwardContainerResponse();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 1);

    private ServePortForwardContainerResponse() {}

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

  private Conmon() {}
}
