package io.conmonj.streaming.spdy;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.SpdyStreams;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of a remote command session, each a stream of a SPDY connection that the client
 * opens. A command starts when all are there. An attachment starts without standard error and
 * terminal sizes, which are taken when they come: whether there is a terminal is up to what runs
 * already, and a client that thinks otherwise never opens them.
 */
final class SpdyRemoteCommand implements ConnectionListener, RemoteCommandTransport {
  private static final Logger log = LoggerFactory.getLogger(SpdyRemoteCommand.class);

  private final RemoteCommandVersion version;
  private final SessionKind kind;
  private final Stdio stdio;
  private final Duration streamCreation;
  private final RemoteCommandSession session;
  private final Map<StreamType, SpdyStream> streams = new EnumMap<>(StreamType.class);
  private final Set<StreamType> missing;
  private final LateStderr lateStderr = new LateStderr();

  private SpdyConnection connection;

  /** Null until there is one; where there is no memory for it, the connection ends. */
  private Future<?> deadline;

  /** The end, while it waits for the stream of what is to be written before it; else null. */
  private ByteBuf lateStatus;

  /**
   * @param streamCreation how long the client may take to open all streams
   */
  SpdyRemoteCommand(
      RemoteCommandVersion version,
      RemoteCommandRequest request,
      SessionFactory sessions,
      Duration streamCreation) {
    this.version = version;
    this.kind = request.kind();
    this.stdio = request.stdio();
    this.streamCreation = streamCreation;
    this.session = sessions.remoteCommand(request, SpdyUpgrade.title(version.protocol()), this);
    this.missing = awaited(version, kind, stdio);
  }

  /**
   * As the other one, of a session that another server has had.
   *
   * @param in what that has written down, behind kind and version
   */
  SpdyRemoteCommand(
      RemoteCommandVersion version,
      SessionKind kind,
      StateReader in,
      SessionFactory sessions,
      Duration streamCreation)
      throws UnreadableStateException {
    this.version = version;
    this.kind = kind;
    this.streamCreation = streamCreation;
    this.session = sessions.remoteCommand(kind, in, this);
    this.stdio = session.stdio();
    this.missing = EnumSet.noneOf(StreamType.class);
  }

  @Override
  public void opened(SpdyConnection connection) {
    this.connection = connection;
    session.opened();
    startDeadline();
  }

  private void startDeadline() {
    deadline =
        connection
            .executor()
            .schedule(this::giveUpOrCut, streamCreation.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public long sessionId() {
    return session.id();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    if (!missing.isEmpty() || lateStatus != null) {
      throw new CannotMoveException("a client over SPDY is opening its streams", true);
    }
    out.word(kind).word(version);
    session.freeze(out);
    lateStderr.freeze(out);
    out.number(streams.size());
    streams.forEach((type, stream) -> stream.freeze(out.word(type)));
    if (mayComeLate()) {
      out.dueNow();
    }
  }

  @Override
  public void thaw(SpdyConnection connection, SpdyStreams all, StateReader in)
      throws UnreadableStateException {
    this.connection = connection;
    session.thaw(in);
    lateStderr.thaw(in, memory().outgoing());
    int count = in.number();
    for (int i = 0; i < count; i++) {
      StreamType type = in.word(StreamType.class);
      streams.put(type, all.thaw(in, new Input(type)));
    }
    if (mayComeLate()) {
      startDeadline();
    }
  }

  @Override
  public void goOn() {
    session.goOn();
  }

  @Override
  public void letGo() {
    over();
    session.letGo();
  }

  private boolean mayComeLate() {
    return stdio.separateStderr()
        && !streams.containsKey(StreamType.STDERR)
        && !lateStderr.isOver();
  }

  // What a timer throws stays in its future.
  private void giveUpOrCut() {
    try {
      giveUp();
    } catch (RuntimeException | Error failed) {
      cut(failed);
    }
  }

  /** What has not been opened by now does not come any more. */
  private void giveUp() {
    if (missing.isEmpty()) {
      lateStderr.giveUp();
      endIfLate();
      session.writabilityChanged();
      return;
    }
    log.info("end SPDY session: its client has not opened {} within {}", missing, streamCreation);
    connection.fail(
        "the client has not opened all streams in time", SpdySessionStatus.PROTOCOL_ERROR);
  }

  @Override
  public void streamOpened(SpdyStream stream, SpdyHeaders headers) {
    StreamType type = StreamType.ofHeader(headers.get(StreamType.HEADER));
    if (type == null || streams.containsKey(type)) {
      stream.reset(SpdyStreamStatus.REFUSED_STREAM);
      return;
    }
    streams.put(type, stream);
    stream.accept(new Input(type));
    if (type == StreamType.STDERR) {
      stream.write(lateStderr.take());
      endIfLate();
    }
    if (missing.remove(type) && missing.isEmpty()) {
      start();
    }
  }

  @Override
  public void failing(String reason) {
    lateStderr.giveUp();
    session.abort(reason);
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void disconnected() {
    over();
    session.disconnected();
  }

  @Override
  public void lost(Throwable cause) {
    over();
    session.lost(cause);
  }

  @Override
  public StatusFormat statusFormat() {
    return version.status();
  }

  @Override
  public void write(StreamType type, ByteBuf bytes) {
    SpdyStream stream = streams.get(type);
    if (type == StreamType.ERROR && !lateStderr.isEmpty()) {
      lateStatus = bytes;
    } else if (stream != null) {
      if (type == StreamType.ERROR) {
        resetInputs();
      }
      stream.write(bytes);
    } else if (type == StreamType.STDERR) {
      lateStderr.keep(bytes, memory().outgoing());
    } else {
      bytes.release();
    }
  }

  @Override
  public void end(StreamType type) {
    SpdyStream stream = streams.get(type);
    if (stream != null) {
      stream.end();
    }
  }

  @Override
  public MemoryAccount memory() {
    return connection.memory();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable() && !lateStderr.isFull();
  }

  @Override
  public boolean closedInOrder() {
    return connection.closedInOrder();
  }

  @Override
  public void setReading(boolean wanted) {
    connection.setReading(wanted);
  }

  @Override
  public void close() {
    if (lateStatus != null) {
      return;
    }
    over();
    resetInputs();
    if (!missing.isEmpty()) {
      // A reset of the stream that says why, for its mere end means success to clients.
      SpdyStream error = streams.get(StreamType.ERROR);
      if (error != null) {
        error.cancel();
      }
      connection.end(SpdySessionStatus.OK);
      return;
    }
    end(StreamType.STDOUT);
    end(StreamType.STDERR);
    end(StreamType.ERROR);
    connection.close();
  }

  @Override
  public void cut(Throwable cause) {
    over();
    connection.cut(cause);
  }

  private void endIfLate() {
    if (lateStatus != null) {
      ByteBuf status = lateStatus;
      lateStatus = null;
      write(StreamType.ERROR, status);
      close();
    }
  }

  private void over() {
    if (deadline != null) {
      deadline.cancel(false);
    }
    lateStderr.giveUp();
    if (lateStatus != null) {
      lateStatus.release();
      lateStatus = null;
    }
  }

  private void start() {
    if (!mayComeLate()) {
      deadline.cancel(false);
    }
    if (version == RemoteCommandVersion.V1) {
      // Its clients expect the server to end its side of stdin, on which it has nothing to say. Its
      // original server also reset the error stream here, by mistake; this one leaves it open, so
      // that a failure is told, and the clients read it to the end in either case.
      end(StreamType.STDIN);
    }
    session.start();
  }

  /** The client may stop sending: nobody takes it any more. */
  private void resetInputs() {
    for (StreamType type : new StreamType[] {StreamType.STDIN, StreamType.RESIZE}) {
      SpdyStream stream = streams.get(type);
      if (stream != null) {
        stream.cancel();
      }
    }
  }

  /** The streams that a client opens before the work starts. */
  private static Set<StreamType> awaited(
      RemoteCommandVersion version, SessionKind kind, Stdio stdio) {
    boolean waitsForAll = kind == SessionKind.EXEC;
    Set<StreamType> streams = EnumSet.of(StreamType.ERROR);
    if (stdio.stdin()) {
      streams.add(StreamType.STDIN);
    }
    if (stdio.stdout()) {
      streams.add(StreamType.STDOUT);
    }
    if (waitsForAll && stdio.separateStderr()) {
      streams.add(StreamType.STDERR);
    }
    if (waitsForAll && stdio.tty() && version.hasResizeStream()) {
      streams.add(StreamType.RESIZE);
    }
    return streams;
  }

  /** What the client sends on one stream; the session knows which of them it wants. */
  private final class Input implements SpdyStreamListener {
    private final StreamType type;

    Input(StreamType type) {
      this.type = type;
    }

    @Override
    public void data(ByteBuf bytes) {
      session.received(type, bytes);
    }

    @Override
    public void ended() {
      session.ended(type);
    }

    @Override
    public void reset() {
      session.ended(type);
    }
  }
}
