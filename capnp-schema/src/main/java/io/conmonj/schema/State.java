// Generated from state.capnp by io.conmonj.schemagen; do not edit.
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

/** The types of {@code state.capnp}, where they are explained. */
public final class State {
  public static final class Monitor
      extends StructFactory<Monitor.Builder, Monitor.Reader> {
    public static final Monitor factory = new Monitor();
    private static final StructSize SIZE = new StructSize((short) 3, (short) 13);

    private Monitor() {}

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

      public long getWrittenNanos() {
        return _getLongField(0);
      }

      public boolean hasBoot() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getBoot() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public long getLastNumber() {
        return _getLongField(1);
      }

      public boolean hasContainers() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<State.Container.Reader> getContainers() {
        return _getPointerField(State.Container.listFactory, 1);
      }

      public boolean hasLaunches() {
        return !_pointerFieldIsNull(2);
      }

      public StructList.Reader<State.Launch.Reader> getLaunches() {
        return _getPointerField(State.Launch.listFactory, 2);
      }

      public boolean hasEnded() {
        return !_pointerFieldIsNull(3);
      }

      public StructList.Reader<State.EndedContainer.Reader> getEnded() {
        return _getPointerField(State.EndedContainer.listFactory, 3);
      }

      public boolean hasTotals() {
        return !_pointerFieldIsNull(4);
      }

      public State.Totals.Reader getTotals() {
        return _getPointerField(State.Totals.factory, 4);
      }

      public boolean hasExits() {
        return !_pointerFieldIsNull(5);
      }

      public StructList.Reader<State.Exit.Reader> getExits() {
        return _getPointerField(State.Exit.listFactory, 5);
      }

      public boolean getSettled() {
        return _getBooleanField(128);
      }

      public boolean hasAttachSockets() {
        return !_pointerFieldIsNull(6);
      }

      public StructList.Reader<State.AttachSocket.Reader> getAttachSockets() {
        return _getPointerField(State.AttachSocket.listFactory, 6);
      }

      public boolean hasFdSocket() {
        return !_pointerFieldIsNull(7);
      }

      public State.FdSocket.Reader getFdSocket() {
        return _getPointerField(State.FdSocket.factory, 7);
      }

      public boolean hasPods() {
        return !_pointerFieldIsNull(8);
      }

      public StructList.Reader<State.PodNamespaces.Reader> getPods() {
        return _getPointerField(State.PodNamespaces.listFactory, 8);
      }

      public boolean hasSleep() {
        return !_pointerFieldIsNull(9);
      }

      public State.Sleep.Reader getSleep() {
        return _getPointerField(State.Sleep.factory, 9);
      }

      public boolean hasKilled() {
        return !_pointerFieldIsNull(10);
      }

      public State.Killed.Reader getKilled() {
        return _getPointerField(State.Killed.factory, 10);
      }

      public boolean hasSessions() {
        return !_pointerFieldIsNull(11);
      }

      public State.Sessions.Reader getSessions() {
        return _getPointerField(State.Sessions.factory, 11);
      }

      public boolean hasUpgrades() {
        return !_pointerFieldIsNull(12);
      }

      public State.Upgrades.Reader getUpgrades() {
        return _getPointerField(State.Upgrades.factory, 12);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setWrittenNanos(long value) {
        _setLongField(0, value);
      }

      public void setBoot(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setLastNumber(long value) {
        _setLongField(1, value);
      }

      public StructList.Builder<State.Container.Builder> initContainers(int size) {
        return _initPointerField(State.Container.listFactory, 1, size);
      }

      public StructList.Builder<State.Launch.Builder> initLaunches(int size) {
        return _initPointerField(State.Launch.listFactory, 2, size);
      }

      public StructList.Builder<State.EndedContainer.Builder> initEnded(int size) {
        return _initPointerField(State.EndedContainer.listFactory, 3, size);
      }

      public State.Totals.Builder initTotals() {
        return _initPointerField(State.Totals.factory, 4, 0);
      }

      public void setTotals(State.Totals.Reader value) {
        _setPointerField(State.Totals.factory, 4, value);
      }

      public StructList.Builder<State.Exit.Builder> initExits(int size) {
        return _initPointerField(State.Exit.listFactory, 5, size);
      }

      public void setSettled(boolean value) {
        _setBooleanField(128, value);
      }

      public StructList.Builder<State.AttachSocket.Builder> initAttachSockets(int size) {
        return _initPointerField(State.AttachSocket.listFactory, 6, size);
      }

      public State.FdSocket.Builder initFdSocket() {
        return _initPointerField(State.FdSocket.factory, 7, 0);
      }

      public void setFdSocket(State.FdSocket.Reader value) {
        _setPointerField(State.FdSocket.factory, 7, value);
      }

      public StructList.Builder<State.PodNamespaces.Builder> initPods(int size) {
        return _initPointerField(State.PodNamespaces.listFactory, 8, size);
      }

      public State.Sleep.Builder initSleep() {
        return _initPointerField(State.Sleep.factory, 9, 0);
      }

      public void setSleep(State.Sleep.Reader value) {
        _setPointerField(State.Sleep.factory, 9, value);
      }

      public State.Killed.Builder initKilled() {
        return _initPointerField(State.Killed.factory, 10, 0);
      }

      public void setKilled(State.Killed.Reader value) {
        _setPointerField(State.Killed.factory, 10, value);
      }

      public State.Sessions.Builder initSessions() {
        return _initPointerField(State.Sessions.factory, 11, 0);
      }

      public void setSessions(State.Sessions.Reader value) {
        _setPointerField(State.Sessions.factory, 11, value);
      }

      public State.Upgrades.Builder initUpgrades() {
        return _initPointerField(State.Upgrades.factory, 12, 0);
      }

      public void setUpgrades(State.Upgrades.Reader value) {
        _setPointerField(State.Upgrades.factory, 12, value);
      }
    }
  }

  public static final class Killed
      extends StructFactory<Killed.Builder, Killed.Reader> {
    public static final Killed factory = new Killed();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Killed() {}

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

      public boolean hasOrphans() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<State.Container.Reader> getOrphans() {
        return _getPointerField(State.Container.listFactory, 0);
      }

      public long getFileMark() {
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

      public StructList.Builder<State.Container.Builder> initOrphans(int size) {
        return _initPointerField(State.Container.listFactory, 0, size);
      }

      public void setFileMark(long value) {
        _setLongField(0, value);
      }
    }
  }

  public static final class Upgrades
      extends StructFactory<Upgrades.Builder, Upgrades.Reader> {
    public static final Upgrades factory = new Upgrades();
    private static final StructSize SIZE = new StructSize((short) 5, (short) 0);

    private Upgrades() {}

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

      public long getDone() {
        return _getLongField(0);
      }

      public long getFailed() {
        return _getLongField(1);
      }

      public long getLastPauseNanos() {
        return _getLongField(2);
      }

      public long getBeganNanos() {
        return _getLongField(3);
      }

      public long getWorkersNanos() {
        return _getLongField(4);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setDone(long value) {
        _setLongField(0, value);
      }

      public void setFailed(long value) {
        _setLongField(1, value);
      }

      public void setLastPauseNanos(long value) {
        _setLongField(2, value);
      }

      public void setBeganNanos(long value) {
        _setLongField(3, value);
      }

      public void setWorkersNanos(long value) {
        _setLongField(4, value);
      }
    }
  }

  public static final class Sessions
      extends StructFactory<Sessions.Builder, Sessions.Reader> {
    public static final Sessions factory = new Sessions();
    private static final StructSize SIZE = new StructSize((short) 0, (short) 4);

    private Sessions() {}

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

      public boolean hasServer() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getServer() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }

      public boolean hasConnections() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<State.Connection.Reader> getConnections() {
        return _getPointerField(State.Connection.listFactory, 1);
      }

      public boolean hasExecs() {
        return !_pointerFieldIsNull(2);
      }

      public StructList.Reader<State.Exec.Reader> getExecs() {
        return _getPointerField(State.Exec.listFactory, 2);
      }

      public boolean hasViewers() {
        return !_pointerFieldIsNull(3);
      }

      public StructList.Reader<State.Viewer.Reader> getViewers() {
        return _getPointerField(State.Viewer.listFactory, 3);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setServer(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initServer(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToServer() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public StructList.Builder<State.Connection.Builder> initConnections(int size) {
        return _initPointerField(State.Connection.listFactory, 1, size);
      }

      public StructList.Builder<State.Exec.Builder> initExecs(int size) {
        return _initPointerField(State.Exec.listFactory, 2, size);
      }

      public StructList.Builder<State.Viewer.Builder> initViewers(int size) {
        return _initPointerField(State.Viewer.listFactory, 3, size);
      }
    }
  }

  public static final class Connection
      extends StructFactory<Connection.Builder, Connection.Reader> {
    public static final Connection factory = new Connection();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 0, (short) 2);

    private Connection() {}

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

      public boolean hasState() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getState() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }

      public boolean hasDescriptors() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getDescriptors() {
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

      public void setState(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initState(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToState() {
        return _getPointerField(AnyPointer.factory, 0);
      }

      public TextList.Builder initDescriptors(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }
    }
  }

  public static final class Exec
      extends StructFactory<Exec.Builder, Exec.Reader> {
    public static final Exec factory = new Exec();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 2, (short) 2);

    private Exec() {}

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

      public boolean hasContainer() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getContainer() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public int getProcessId() {
        return _getIntField(0);
      }

      public long getStartTime() {
        return _getLongField(1);
      }

      public boolean getTerminal() {
        return _getBooleanField(32);
      }

      public boolean getStdin() {
        return _getBooleanField(33);
      }

      public boolean hasWaiting() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getWaiting() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }

      public boolean getDetached() {
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

      public void setContainer(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setProcessId(int value) {
        _setIntField(0, value);
      }

      public void setStartTime(long value) {
        _setLongField(1, value);
      }

      public void setTerminal(boolean value) {
        _setBooleanField(32, value);
      }

      public void setStdin(boolean value) {
        _setBooleanField(33, value);
      }

      public void setWaiting(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initWaiting(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToWaiting() {
        return _getPointerField(AnyPointer.factory, 1);
      }

      public void setDetached(boolean value) {
        _setBooleanField(34, value);
      }
    }
  }

  public static final class Viewer
      extends StructFactory<Viewer.Builder, Viewer.Reader> {
    public static final Viewer factory = new Viewer();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Viewer() {}

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

      public int getSocket() {
        return _getIntField(0);
      }

      public boolean hasState() {
        return !_pointerFieldIsNull(0);
      }

      public Data.Reader getState() {
        return _getPointerField(Data.factory, 0, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setSocket(int value) {
        _setIntField(0, value);
      }

      public void setState(byte[] value) {
        _setPointerField(Data.factory, 0, new Data.Reader(value));
      }

      public Data.Builder initState(int size) {
        return _initPointerField(Data.factory, 0, size);
      }

      public AnyPointer.Builder pointerToState() {
        return _getPointerField(AnyPointer.factory, 0);
      }
    }
  }

  public static final class Sleep
      extends StructFactory<Sleep.Builder, Sleep.Reader> {
    public static final Sleep factory = new Sleep();
    private static final StructSize SIZE = new StructSize((short) 2, (short) 2);

    private Sleep() {}

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

      public long getWaitNanos() {
        return _getLongField(0);
      }

      public long getWorkersNanos() {
        return _getLongField(1);
      }

      public boolean hasWakes() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<State.Wake.Reader> getWakes() {
        return _getPointerField(State.Wake.listFactory, 0);
      }

      public boolean hasLastWake() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getLastWake() {
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

      public void setWaitNanos(long value) {
        _setLongField(0, value);
      }

      public void setWorkersNanos(long value) {
        _setLongField(1, value);
      }

      public StructList.Builder<State.Wake.Builder> initWakes(int size) {
        return _initPointerField(State.Wake.listFactory, 0, size);
      }

      public void setLastWake(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }
    }
  }

  public static final class Wake
      extends StructFactory<Wake.Builder, Wake.Reader> {
    public static final Wake factory = new Wake();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private Wake() {}

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

  public static final class AttachSocket
      extends StructFactory<AttachSocket.Builder, AttachSocket.Reader> {
    public static final AttachSocket factory = new AttachSocket();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 3, (short) 2);

    private AttachSocket() {}

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

      public int getNumber() {
        return _getIntField(0);
      }

      public boolean hasContainer() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getContainer() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasPath() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getPath() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public long getPlace() {
        return _getLongField(1);
      }

      public long getInode() {
        return _getLongField(2);
      }

      public boolean getStopAfterInput() {
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

      public void setNumber(int value) {
        _setIntField(0, value);
      }

      public void setContainer(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setPath(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setPlace(long value) {
        _setLongField(1, value);
      }

      public void setInode(long value) {
        _setLongField(2, value);
      }

      public void setStopAfterInput(boolean value) {
        _setBooleanField(32, value);
      }
    }
  }

  public static final class FdSocket
      extends StructFactory<FdSocket.Builder, FdSocket.Reader> {
    public static final FdSocket factory = new FdSocket();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 1);

    private FdSocket() {}

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

      public long getLastSlot() {
        return _getLongField(0);
      }

      public boolean hasClients() {
        return !_pointerFieldIsNull(0);
      }

      public StructList.Reader<State.FdClient.Reader> getClients() {
        return _getPointerField(State.FdClient.listFactory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setLastSlot(long value) {
        _setLongField(0, value);
      }

      public StructList.Builder<State.FdClient.Builder> initClients(int size) {
        return _initPointerField(State.FdClient.listFactory, 0, size);
      }
    }
  }

  public static final class FdClient
      extends StructFactory<FdClient.Builder, FdClient.Reader> {
    public static final FdClient factory = new FdClient();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private FdClient() {}

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

      public int getNumber() {
        return _getIntField(0);
      }

      public boolean hasSlots() {
        return !_pointerFieldIsNull(0);
      }

      public PrimitiveList.Long.Reader getSlots() {
        return _getPointerField(PrimitiveList.Long.factory, 0);
      }

      public boolean hasUnsent() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getUnsent() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setNumber(int value) {
        _setIntField(0, value);
      }

      public PrimitiveList.Long.Builder initSlots(int size) {
        return _initPointerField(PrimitiveList.Long.factory, 0, size);
      }

      public void setUnsent(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initUnsent(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToUnsent() {
        return _getPointerField(AnyPointer.factory, 1);
      }
    }
  }

  public static final class PodNamespaces
      extends StructFactory<PodNamespaces.Builder, PodNamespaces.Reader> {
    public static final PodNamespaces factory = new PodNamespaces();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 4, (short) 4);

    private PodNamespaces() {}

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

      public int getNumber() {
        return _getIntField(0);
      }

      public boolean hasPodId() {
        return !_pointerFieldIsNull(0);
      }

      public Text.Reader getPodId() {
        return _getPointerField(Text.factory, 0, null, 0, 0);
      }

      public boolean hasBase() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getBase() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public int getFresh() {
        return _getIntField(1);
      }

      public boolean hasUsers() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getUsers() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasGroups() {
        return !_pointerFieldIsNull(3);
      }

      public TextList.Reader getGroups() {
        return _getPointerField(TextList.factory, 3);
      }

      public int getProcessId() {
        return _getIntField(2);
      }

      public long getStartTime() {
        return _getLongField(2);
      }

      public long getHeldNanos() {
        return _getLongField(3);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setNumber(int value) {
        _setIntField(0, value);
      }

      public void setPodId(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setBase(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setFresh(int value) {
        _setIntField(1, value);
      }

      public TextList.Builder initUsers(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initGroups(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }

      public void setProcessId(int value) {
        _setIntField(2, value);
      }

      public void setStartTime(long value) {
        _setLongField(2, value);
      }

      public void setHeldNanos(long value) {
        _setLongField(3, value);
      }
    }
  }

  public static final class Container
      extends StructFactory<Container.Builder, Container.Reader> {
    public static final Container factory = new Container();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 8, (short) 11);

    private Container() {}

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

      public long getNumber() {
        return _getLongField(0);
      }

      public boolean hasRuntime() {
        return !_pointerFieldIsNull(0);
      }

      public State.RuntimeArguments.Reader getRuntime() {
        return _getPointerField(State.RuntimeArguments.factory, 0);
      }

      public int getProcessId() {
        return _getIntField(2);
      }

      public long getStartTime() {
        return _getLongField(2);
      }

      public boolean getTerminal() {
        return _getBooleanField(96);
      }

      public boolean getStdinOnce() {
        return _getBooleanField(97);
      }

      public boolean hasLogs() {
        return !_pointerFieldIsNull(1);
      }

      public StructList.Reader<State.Log.Reader> getLogs() {
        return _getPointerField(State.Log.listFactory, 1);
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

      public boolean hasCleanupCommand() {
        return !_pointerFieldIsNull(4);
      }

      public TextList.Reader getCleanupCommand() {
        return _getPointerField(TextList.factory, 4);
      }

      public int getLeakFds() {
        return Short.toUnsignedInt(_getShortField(7));
      }

      public long getCreatedNanos() {
        return _getLongField(3);
      }

      public boolean hasOomCounter() {
        return !_pointerFieldIsNull(5);
      }

      public Text.Reader getOomCounter() {
        return _getPointerField(Text.factory, 5, null, 0, 0);
      }

      public long getOomKillsBefore() {
        return _getLongField(4);
      }

      public boolean hasNetwork() {
        return !_pointerFieldIsNull(6);
      }

      public State.Network.Reader getNetwork() {
        return _getPointerField(State.Network.factory, 6);
      }

      public int getExitCode() {
        return _getIntField(10);
      }

      public int getExit() {
        return Byte.toUnsignedInt(_getByteField(13));
      }

      public boolean getOomKilled() {
        return _getBooleanField(98);
      }

      public boolean hasLogged() {
        return !_pointerFieldIsNull(7);
      }

      public State.LogCounts.Reader getLogged() {
        return _getPointerField(State.LogCounts.factory, 7);
      }

      public boolean getStdin() {
        return _getBooleanField(99);
      }

      public boolean hasLogRate() {
        return !_pointerFieldIsNull(8);
      }

      public Data.Reader getLogRate() {
        return _getPointerField(Data.factory, 8, null, 0, 0);
      }

      public boolean hasReplay() {
        return !_pointerFieldIsNull(9);
      }

      public Data.Reader getReplay() {
        return _getPointerField(Data.factory, 9, null, 0, 0);
      }

      public boolean hasWaiting() {
        return !_pointerFieldIsNull(10);
      }

      public Data.Reader getWaiting() {
        return _getPointerField(Data.factory, 10, null, 0, 0);
      }

      public long getCleanupTag() {
        return _getLongField(6);
      }

      public long getCleanupNanos() {
        return _getLongField(7);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setNumber(long value) {
        _setLongField(0, value);
      }

      public State.RuntimeArguments.Builder initRuntime() {
        return _initPointerField(State.RuntimeArguments.factory, 0, 0);
      }

      public void setRuntime(State.RuntimeArguments.Reader value) {
        _setPointerField(State.RuntimeArguments.factory, 0, value);
      }

      public void setProcessId(int value) {
        _setIntField(2, value);
      }

      public void setStartTime(long value) {
        _setLongField(2, value);
      }

      public void setTerminal(boolean value) {
        _setBooleanField(96, value);
      }

      public void setStdinOnce(boolean value) {
        _setBooleanField(97, value);
      }

      public StructList.Builder<State.Log.Builder> initLogs(int size) {
        return _initPointerField(State.Log.listFactory, 1, size);
      }

      public TextList.Builder initExitPaths(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initOomExitPaths(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }

      public TextList.Builder initCleanupCommand(int size) {
        return _initPointerField(TextList.factory, 4, size);
      }

      public void setLeakFds(int value) {
        _setShortField(7, (short) value);
      }

      public void setCreatedNanos(long value) {
        _setLongField(3, value);
      }

      public void setOomCounter(String value) {
        _setPointerField(Text.factory, 5, new Text.Reader(value));
      }

      public void setOomKillsBefore(long value) {
        _setLongField(4, value);
      }

      public State.Network.Builder initNetwork() {
        return _initPointerField(State.Network.factory, 6, 0);
      }

      public void setNetwork(State.Network.Reader value) {
        _setPointerField(State.Network.factory, 6, value);
      }

      public void setExitCode(int value) {
        _setIntField(10, value);
      }

      public void setExit(int value) {
        _setByteField(13, (byte) value);
      }

      public void setOomKilled(boolean value) {
        _setBooleanField(98, value);
      }

      public State.LogCounts.Builder initLogged() {
        return _initPointerField(State.LogCounts.factory, 7, 0);
      }

      public void setLogged(State.LogCounts.Reader value) {
        _setPointerField(State.LogCounts.factory, 7, value);
      }

      public void setStdin(boolean value) {
        _setBooleanField(99, value);
      }

      public void setLogRate(byte[] value) {
        _setPointerField(Data.factory, 8, new Data.Reader(value));
      }

      public Data.Builder initLogRate(int size) {
        return _initPointerField(Data.factory, 8, size);
      }

      public AnyPointer.Builder pointerToLogRate() {
        return _getPointerField(AnyPointer.factory, 8);
      }

      public void setReplay(byte[] value) {
        _setPointerField(Data.factory, 9, new Data.Reader(value));
      }

      public Data.Builder initReplay(int size) {
        return _initPointerField(Data.factory, 9, size);
      }

      public AnyPointer.Builder pointerToReplay() {
        return _getPointerField(AnyPointer.factory, 9);
      }

      public void setWaiting(byte[] value) {
        _setPointerField(Data.factory, 10, new Data.Reader(value));
      }

      public Data.Builder initWaiting(int size) {
        return _initPointerField(Data.factory, 10, size);
      }

      public AnyPointer.Builder pointerToWaiting() {
        return _getPointerField(AnyPointer.factory, 10);
      }

      public void setCleanupTag(long value) {
        _setLongField(6, value);
      }

      public void setCleanupNanos(long value) {
        _setLongField(7, value);
      }
    }
  }

  public static final class RuntimeArguments
      extends StructFactory<RuntimeArguments.Builder, RuntimeArguments.Reader> {
    public static final RuntimeArguments factory = new RuntimeArguments();
    private static final StructSize SIZE = new StructSize((short) 1, (short) 4);

    private RuntimeArguments() {}

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

      public boolean hasBundle() {
        return !_pointerFieldIsNull(1);
      }

      public Text.Reader getBundle() {
        return _getPointerField(Text.factory, 1, null, 0, 0);
      }

      public boolean getSystemdCgroup() {
        return _getBooleanField(0);
      }

      public boolean hasGlobalArguments() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getGlobalArguments() {
        return _getPointerField(TextList.factory, 2);
      }

      public boolean hasCommandArguments() {
        return !_pointerFieldIsNull(3);
      }

      public TextList.Reader getCommandArguments() {
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

      public void setBundle(String value) {
        _setPointerField(Text.factory, 1, new Text.Reader(value));
      }

      public void setSystemdCgroup(boolean value) {
        _setBooleanField(0, value);
      }

      public TextList.Builder initGlobalArguments(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }

      public TextList.Builder initCommandArguments(int size) {
        return _initPointerField(TextList.factory, 3, size);
      }
    }
  }

  public static final class Log
      extends StructFactory<Log.Builder, Log.Reader> {
    public static final Log factory = new Log();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 2, (short) 2);

    private Log() {}

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

      public int getKind() {
        return Byte.toUnsignedInt(_getByteField(0));
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

      public boolean hasPosition() {
        return !_pointerFieldIsNull(1);
      }

      public Data.Reader getPosition() {
        return _getPointerField(Data.factory, 1, null, 0, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setKind(int value) {
        _setByteField(0, (byte) value);
      }

      public void setPath(String value) {
        _setPointerField(Text.factory, 0, new Text.Reader(value));
      }

      public void setMaxSize(long value) {
        _setLongField(1, value);
      }

      public void setPosition(byte[] value) {
        _setPointerField(Data.factory, 1, new Data.Reader(value));
      }

      public Data.Builder initPosition(int size) {
        return _initPointerField(Data.factory, 1, size);
      }

      public AnyPointer.Builder pointerToPosition() {
        return _getPointerField(AnyPointer.factory, 1);
      }
    }
  }

  public static final class Network
      extends StructFactory<Network.Builder, Network.Reader> {
    public static final Network factory = new Network();
    private static final StructSize SIZE = new StructSize((short) 4, (short) 0);

    private Network() {}

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

      public boolean getKnown() {
        return _getBooleanField(0);
      }

      public long getPlace() {
        return _getLongField(1);
      }

      public long getInode() {
        return _getLongField(2);
      }

      public long getAtNanos() {
        return _getLongField(3);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setKnown(boolean value) {
        _setBooleanField(0, value);
      }

      public void setPlace(long value) {
        _setLongField(1, value);
      }

      public void setInode(long value) {
        _setLongField(2, value);
      }

      public void setAtNanos(long value) {
        _setLongField(3, value);
      }
    }
  }

  public static final class Launch
      extends StructFactory<Launch.Builder, Launch.Reader> {
    public static final Launch factory = new Launch();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 2, (short) 1);

    private Launch() {}

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

      public long getNumber() {
        return _getLongField(0);
      }

      public boolean hasRuntime() {
        return !_pointerFieldIsNull(0);
      }

      public State.RuntimeArguments.Reader getRuntime() {
        return _getPointerField(State.RuntimeArguments.factory, 0);
      }

      public long getBeganNanos() {
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

      public void setNumber(long value) {
        _setLongField(0, value);
      }

      public State.RuntimeArguments.Builder initRuntime() {
        return _initPointerField(State.RuntimeArguments.factory, 0, 0);
      }

      public void setRuntime(State.RuntimeArguments.Reader value) {
        _setPointerField(State.RuntimeArguments.factory, 0, value);
      }

      public void setBeganNanos(long value) {
        _setLongField(1, value);
      }
    }
  }

  public static final class EndedContainer
      extends StructFactory<EndedContainer.Builder, EndedContainer.Reader> {
    public static final EndedContainer factory = new EndedContainer();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 2);

    private EndedContainer() {}

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

      public int getExitCode() {
        return _getIntField(0);
      }

      public boolean getTerminal() {
        return _getBooleanField(32);
      }

      public boolean hasNetwork() {
        return !_pointerFieldIsNull(1);
      }

      public State.Network.Reader getNetwork() {
        return _getPointerField(State.Network.factory, 1);
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

      public void setExitCode(int value) {
        _setIntField(0, value);
      }

      public void setTerminal(boolean value) {
        _setBooleanField(32, value);
      }

      public State.Network.Builder initNetwork() {
        return _initPointerField(State.Network.factory, 1, 0);
      }

      public void setNetwork(State.Network.Reader value) {
        _setPointerField(State.Network.factory, 1, value);
      }
    }
  }

  public static final class Exit
      extends StructFactory<Exit.Builder, Exit.Reader> {
    public static final Exit factory = new Exit();
    public static final StructList.Factory<Builder, Reader> listFactory =
        new StructList.Factory<>(factory);
    private static final StructSize SIZE = new StructSize((short) 1, (short) 3);

    private Exit() {}

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

      public boolean hasPaths() {
        return !_pointerFieldIsNull(1);
      }

      public TextList.Reader getPaths() {
        return _getPointerField(TextList.factory, 1);
      }

      public int getExitCode() {
        return _getIntField(0);
      }

      public boolean hasOomPaths() {
        return !_pointerFieldIsNull(2);
      }

      public TextList.Reader getOomPaths() {
        return _getPointerField(TextList.factory, 2);
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

      public TextList.Builder initPaths(int size) {
        return _initPointerField(TextList.factory, 1, size);
      }

      public void setExitCode(int value) {
        _setIntField(0, value);
      }

      public TextList.Builder initOomPaths(int size) {
        return _initPointerField(TextList.factory, 2, size);
      }
    }
  }

  public static final class Totals
      extends StructFactory<Totals.Builder, Totals.Reader> {
    public static final Totals factory = new Totals();
    private static final StructSize SIZE = new StructSize((short) 6, (short) 1);

    private Totals() {}

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

      public long getCreated() {
        return _getLongField(0);
      }

      public long getNotCreated() {
        return _getLongField(1);
      }

      public long getSucceeded() {
        return _getLongField(2);
      }

      public long getFailed() {
        return _getLongField(3);
      }

      public long getSignalled() {
        return _getLongField(4);
      }

      public long getOomKilled() {
        return _getLongField(5);
      }

      public boolean hasLogged() {
        return !_pointerFieldIsNull(0);
      }

      public State.LogCounts.Reader getLogged() {
        return _getPointerField(State.LogCounts.factory, 0);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setCreated(long value) {
        _setLongField(0, value);
      }

      public void setNotCreated(long value) {
        _setLongField(1, value);
      }

      public void setSucceeded(long value) {
        _setLongField(2, value);
      }

      public void setFailed(long value) {
        _setLongField(3, value);
      }

      public void setSignalled(long value) {
        _setLongField(4, value);
      }

      public void setOomKilled(long value) {
        _setLongField(5, value);
      }

      public State.LogCounts.Builder initLogged() {
        return _initPointerField(State.LogCounts.factory, 0, 0);
      }

      public void setLogged(State.LogCounts.Reader value) {
        _setPointerField(State.LogCounts.factory, 0, value);
      }
    }
  }

  public static final class LogCounts
      extends StructFactory<LogCounts.Builder, LogCounts.Reader> {
    public static final LogCounts factory = new LogCounts();
    private static final StructSize SIZE = new StructSize((short) 7, (short) 0);

    private LogCounts() {}

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

      public long getBytesWritten() {
        return _getLongField(0);
      }

      public long getWriteErrors() {
        return _getLongField(1);
      }

      public long getRotations() {
        return _getLongField(2);
      }

      public long getBytesLost() {
        return _getLongField(3);
      }

      public long getBytesDropped() {
        return _getLongField(4);
      }

      public long getLinesDropped() {
        return _getLongField(5);
      }

      public long getLinesWritten() {
        return _getLongField(6);
      }
    }

    public static final class Builder extends StructBuilder {
      Builder(SegmentBuilder segment, int data, int pointers, int dataSize, short count) {
        super(segment, data, pointers, dataSize, count);
      }

      public Reader asReader() {
        return new Reader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
      }

      public void setBytesWritten(long value) {
        _setLongField(0, value);
      }

      public void setWriteErrors(long value) {
        _setLongField(1, value);
      }

      public void setRotations(long value) {
        _setLongField(2, value);
      }

      public void setBytesLost(long value) {
        _setLongField(3, value);
      }

      public void setBytesDropped(long value) {
        _setLongField(4, value);
      }

      public void setLinesDropped(long value) {
        _setLongField(5, value);
      }

      public void setLinesWritten(long value) {
        _setLongField(6, value);
      }
    }
  }

  private State() {}
}
