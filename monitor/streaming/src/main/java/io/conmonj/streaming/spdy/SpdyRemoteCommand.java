package io.conmonj.streaming.spdy;

import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
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
 * opens. The work starts when all are there.
 */
final class SpdyRemoteCommand implements ConnectionListener, RemoteCommandTransport {
  private static final Logger log = LoggerFactory.getLogger(SpdyRemoteCommand.class);

  private final RemoteCommandVersion version;
  private final Duration streamCreation;
  private final RemoteCommandSession session;
  private final Map<StreamType, SpdyStream> streams = new EnumMap<>(StreamType.class);
  private final Set<StreamType> missing;

  private SpdyConnection connection;
  private Future<?> deadline;

  /**
   * @param streamCreation how long the client may take to open all streams
   */
  SpdyRemoteCommand(
      RemoteCommandVersion version,
      RemoteCommandRequest request,
      SessionFactory sessions,
      Duration streamCreation) {
    this.version = version;
    this.streamCreation = streamCreation;
    this.session = sessions.remoteCommand(request, SpdyUpgrade.title(version.protocol()), this);
    this.missing = streams(version, request.stdio());
  }

  @Override
  public void opened(SpdyConnection connection) {
    this.connection = connection;
    session.opened();
    deadline =
        connection
            .executor()
            .schedule(this::giveUp, streamCreation.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void giveUp() {
    // The client may have no stream yet on which to read it.
    log.info("end SPDY session: its client has not opened {} within {}", missing, streamCreation);
    connection.end(SpdySessionStatus.PROTOCOL_ERROR);
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
    if (missing.remove(type) && missing.isEmpty()) {
      start();
    }
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void disconnected() {
    deadline.cancel(false);
    session.disconnected();
  }

  @Override
  public StatusFormat statusFormat() {
    return version.status();
  }

  @Override
  public void write(StreamType type, ByteBuf bytes) {
    if (type == StreamType.ERROR) {
      resetInputs();
    }
    streams.get(type).write(bytes);
  }

  @Override
  public void end(StreamType type) {
    SpdyStream stream = streams.get(type);
    if (stream != null) {
      stream.end();
    }
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void setReading(boolean wanted) {
    connection.setReading(wanted);
  }

  @Override
  public void close() {
    if (!missing.isEmpty()) {
      // The work was not started, and the client may have no stream yet that could be ended.
      connection.end(SpdySessionStatus.OK);
      return;
    }
    resetInputs();
    end(StreamType.STDOUT);
    end(StreamType.STDERR);
    end(StreamType.ERROR);
    connection.close();
  }

  private void start() {
    deadline.cancel(false);
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
  private static Set<StreamType> streams(RemoteCommandVersion version, Stdio stdio) {
    Set<StreamType> streams = EnumSet.of(StreamType.ERROR);
    if (stdio.stdin()) {
      streams.add(StreamType.STDIN);
    }
    if (stdio.stdout()) {
      streams.add(StreamType.STDOUT);
    }
    if (stdio.separateStderr()) {
      streams.add(StreamType.STDERR);
    }
    if (stdio.tty() && version.hasResizeStream()) {
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
