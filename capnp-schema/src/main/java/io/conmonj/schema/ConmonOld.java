// Generated from conmon-old.capnp by io.conmonj.schemagen; do not edit.
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

/** The types of {@code conmon-old.capnp}, where they are explained. */
public final class ConmonOld {
  public static final class VersionRequest
      extends StructFactory<VersionRequest.Builder, VersionRequest.Reader> {
    public static final VersionRequest factory = new VersionRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
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

      public void setVerbose(boolean value) {
        _setBooleanField(0, value);
      }

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 1, size);
      }
    }
  }

  public static final class CreateContainerRequest
      extends StructFactory<CreateContainerRequest.Builder, CreateContainerRequest.Reader> {
    public static final CreateContainerRequest factory = new CreateContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 13);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(8);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 8, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(9);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 9);
      }

      public boolean hasEnvVars() {
        return !_pointerFieldIsNull(10);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getEnvVars() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 10);
      }

      public Conmon.CgroupManager getCgroupManager() {
        return Conmon.CgroupManager.of(_getShortField(1));
      }

      public boolean hasAdditionalFds() {
        return !_pointerFieldIsNull(11);
      }

      public PrimitiveList.Long.Reader getAdditionalFds() {
        return _getPointerField(PrimitiveList.Long.factory, 11);
      }

      public boolean hasLeakFds() {
        return !_pointerFieldIsNull(12);
      }

      public PrimitiveList.Long.Reader getLeakFds() {
        return _getPointerField(PrimitiveList.Long.factory, 12);
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

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 8, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 8, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 8);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 9, size);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initEnvVars(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 10, size);
      }

      public void setCgroupManager(Conmon.CgroupManager value) {
        _setShortField(1, (short) value.ordinal());
      }

      public PrimitiveList.Long.Builder initAdditionalFds(int size) {
        return _initPointerField(PrimitiveList.Long.factory, 11, size);
      }

      public PrimitiveList.Long.Builder initLeakFds(int size) {
        return _initPointerField(PrimitiveList.Long.factory, 12, size);
      }
    }
  }

  public static final class ExecSyncContainerRequest
      extends StructFactory<ExecSyncContainerRequest.Builder, ExecSyncContainerRequest.Reader> {
    public static final ExecSyncContainerRequest factory = new ExecSyncContainerRequest();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 5);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(2);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 2, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(3);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 3);
      }

      public boolean hasEnvVars() {
        return !_pointerFieldIsNull(4);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getEnvVars() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 4);
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

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 2, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 2, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 2);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 3, size);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initEnvVars(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 4, size);
      }

      public void setCgroupManager(Conmon.CgroupManager value) {
        _setShortField(5, (short) value.ordinal());
      }
    }
  }

  public static final class AttachRequest
      extends StructFactory<AttachRequest.Builder, AttachRequest.Reader> {
    public static final AttachRequest factory = new AttachRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 5);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(3);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 3, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(4);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 4);
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

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 3, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 3, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 3);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 4, size);
      }
    }
  }

  public static final class ReopenLogRequest
      extends StructFactory<ReopenLogRequest.Builder, ReopenLogRequest.Reader> {
    public static final ReopenLogRequest factory = new ReopenLogRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 3);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(2);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 2);
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

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 1);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 2, size);
      }
    }
  }

  public static final class SetWindowSizeRequest
      extends StructFactory<SetWindowSizeRequest.Builder, SetWindowSizeRequest.Reader> {
    public static final SetWindowSizeRequest factory = new SetWindowSizeRequest();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 3);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(2);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 2);
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

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 1);
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 2, size);
      }
    }
  }

  public static final class CreateNamespacesRequest
      extends StructFactory<CreateNamespacesRequest.Builder, CreateNamespacesRequest.Reader> {
    public static final CreateNamespacesRequest factory = new CreateNamespacesRequest();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 7);

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

      public boolean hasMetadataOld() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getMetadataOld() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }

      public boolean hasNamespaces() {
        return !_pointerFieldIsNull(1);
      }

      public EnumList.Reader<Conmon.Namespace> getNamespaces() {
        return _getPointerField(Conmon.Namespace.listFactory, 1);
      }

      public boolean hasUidMappings() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getUidMappings() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasGidMappings() {
        return !_pointerFieldIsNull(3);
      }

      public TextList.Reader getGidMappings() {
        return _getPointerField(TextList.factory, 3);
      }

      public boolean hasBasePath() {
        return !_pointerFieldIsNull(4);
      }

      public Text.Reader getBasePath() {
        return _getPointerField(Text.factory, 4, null, 0, 0);
      }

      public boolean hasPodId() {
        return !_pointerFieldIsNull(5);
      }

      public Text.Reader getPodId() {
        return _getPointerField(Text.factory, 5, null, 0, 0);
      }

      public boolean hasMetadata() {
        return !_pointerFieldIsNull(6);
      }

      public StructList.Reader<Conmon.TextTextMapEntry.Reader> getMetadata() {
        return _getPointerField(Conmon.TextTextMapEntry.listFactory, 6);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setMetadataOld(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initMetadataOld(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToMetadataOld() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public EnumList.Builder<Conmon.Namespace> initNamespaces(int size) {
        return _initPointerField(Conmon.Namespace.listFactory, 1, size);
      }

      public TextList.Builder initUidMappings(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initGidMappings(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }

      public void setBasePath(String value) {
        _setPointerField(Text.factory, 4, new Text.Reader(value));
      }

      public void setPodId(String value) {
        _setPointerField(Text.factory, 5, new Text.Reader(value));
      }

      public StructList.Builder<Conmon.TextTextMapEntry.Builder> initMetadata(int size) {
        return _initPointerField(Conmon.TextTextMapEntry.listFactory, 6, size);
      }
    }
  }

  private ConmonOld() {}
}
