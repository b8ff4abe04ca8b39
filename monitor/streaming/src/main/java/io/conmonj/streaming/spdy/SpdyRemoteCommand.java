package io.conmonj.streaming.spdy;

import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.remotecommand.RemoteCommandSession;
import io.conmonj.streaming.remotecommand.RemoteCommandTransport;
import io.conmonj.streaming.remotecommand.StatusFormat;
import io.conmonj.streaming.remotecommand.StreamKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.EnumMap;
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

  private static final String STREAM_TYPE = "streamtype";

  private final RemoteCommandVersion version;
  private final StreamingBackend backend;
  private final EventExecutor executor;
  private final StreamingLimits limits;
  private final RemoteCommandSession session;
  private final Map<StreamKind, SpdyStream> streams = new EnumMap<>(StreamKind.class);
  private final Set<StreamKind> missing;

  private SpdyConnection connection;
  private Future<?> deadline;

  SpdyRemoteCommand(
      RemoteCommandVersion version,
      RemoteCommandRequest request,
      StreamingBackend backend,
      EventExecutor executor,
      StreamingLimits limits,
      LiveSession live) {
    this.version = version;
    this.backend = backend;
    this.executor = executor;
    this.limits = limits;
    this.session = new RemoteCommandSession(request, this, executor, limits, live);
    this.missing = version.streams(request.stdio());
  }

  @Override
  public void opened(SpdyConnection connection) {
    this.connection = connection;
    deadline =
        executor.schedule(this::giveUp, limits.streamCreation().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void giveUp() {
    // The client may have no stream yet on which to read it.
    log.info(
        "end SPDY session: its client has not opened {} within {}",
        missing,
        limits.streamCreation());
    connection.end(SessionStatus.PROTOCOL_ERROR);
  }

  @Override
  public void streamOpened(SpdyStream stream, SpdyHeaders headers) {
    StreamKind kind = kind(headers.get(STREAM_TYPE));
    if (kind == null || streams.containsKey(kind)) {
      stream.reset(StreamStatus.REFUSED_STREAM);
      return;
    }
    streams.put(kind, stream);
    stream.accept(new Input(kind));
    if (missing.remove(kind) && missing.isEmpty()) {
      start();
    }
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void serverClosing() {
    if (missing.isEmpty()) {
      session.abort("the streaming server is being closed");
    } else {
      connection.end(SessionStatus.OK);
    }
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
  public void write(StreamKind kind, ByteBuf bytes) {
    if (kind == StreamKind.ERROR) {
      resetInputs();
    }
    streams.get(kind).write(bytes);
  }

  @Override
  public void end(StreamKind kind) {
    SpdyStream stream = streams.get(kind);
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
    resetInputs();
    end(StreamKind.STDOUT);
    end(StreamKind.STDERR);
    end(StreamKind.ERROR);
    connection.close();
  }

  private void start() {
    deadline.cancel(false);
    if (version.endsStdinReply()) {
      end(StreamKind.STDIN);
    }
    session.start(backend);
  }

  /** The client may stop sending: nobody takes it any more. */
  private void resetInputs() {
    for (StreamKind kind : new StreamKind[] {StreamKind.STDIN, StreamKind.RESIZE}) {
      SpdyStream stream = streams.get(kind);
      if (stream != null) {
        stream.reset(StreamStatus.CANCEL);
      }
    }
  }

  /** The stream that a client means; null when there is no such stream. */
  private static StreamKind kind(CharSequence type) {
    if (type != null) {
      for (StreamKind kind : StreamKind.values()) {
        if (kind.name().equalsIgnoreCase(type.toString())) {
          return kind;
        }
      }
    }
    return null;
  }

  /** What the client sends on one stream; the session knows which of them it wants. */
  private final class Input implements StreamListener {
    private final StreamKind kind;

    Input(StreamKind kind) {
      this.kind = kind;
    }

    @Override
    public void data(ByteBuf bytes) {
      session.received(kind, bytes);
    }

    @Override
    public void ended() {
      session.ended(kind);
    }

    @Override
    public void reset() {
      session.ended(kind);
    }
  }
}
