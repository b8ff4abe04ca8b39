package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.spdy.SpdyClientConnection;
import io.conmonj.client.spdy.SpdyListener;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Remote command over SPDY: each stream of the session is a stream of the connection, and this side
 * opens them.
 *
 * <p>The session is open when the server has accepted all of them but the one for sizes. That one
 * is opened last, when the others have been accepted. Attaching asks for it whether the container
 * has a terminal or not, and without one the kubelet's server expects one stream less: it stops
 * accepting when it has as many as it expects, whichever they are. Opened earlier, the stream for
 * sizes could take the place of one that is needed.
 */
final class SpdyTransport implements SpdyListener, StreamTransport {
  /** What to offer, the best first. */
  static final List<String> PROTOCOLS =
      RemoteCommandVersion.OVER_SPDY.stream().map(RemoteCommandVersion::protocol).toList();

  /** How long the server may take to take the streams, in seconds: as Kubernetes' own client. */
  private static final long ACCEPT_SECONDS = 30;

  /** The order of Kubernetes' own client. */
  private static final List<StreamType> BEFORE_SIZES =
      List.of(StreamType.ERROR, StreamType.STDIN, StreamType.STDOUT, StreamType.STDERR);

  private final RequestedStreams wanted;
  private final TransportListener session;
  private final Map<StreamType, SpdyStream> streams = new EnumMap<>(StreamType.class);
  private final Set<StreamType> notAccepted = EnumSet.noneOf(StreamType.class);

  /** Those on which the server may still send. */
  private final Set<StreamType> sending = EnumSet.noneOf(StreamType.class);

  private volatile SpdyClientConnection connection;
  private volatile RemoteCommandVersion version;
  private Future<?> deadline;
  private boolean open;

  SpdyTransport(RequestedStreams wanted, TransportListener session) {
    this.wanted = wanted;
    this.session = session;
  }

  @Override
  public void opened(SpdyClientConnection opened) {
    connection = opened;
    version = versionOf(opened.protocol());
    deadline =
        loop()
            .schedule(
                () -> fail("the server has not taken its streams in " + ACCEPT_SECONDS + " s"),
                ACCEPT_SECONDS,
                TimeUnit.SECONDS);
    BEFORE_SIZES.forEach(this::openIfWanted);
    notAccepted.addAll(streams.keySet());
    sending.addAll(streams.keySet());
    sending.remove(StreamType.STDIN);
  }

  /** The version with one of the names that were offered. */
  private static RemoteCommandVersion versionOf(String protocol) {
    return RemoteCommandVersion.OVER_SPDY.get(PROTOCOLS.indexOf(protocol));
  }

  private void openIfWanted(StreamType stream) {
    if (isWanted(stream)) {
      Map<String, String> headers = Map.of(StreamType.HEADER, stream.headerValue());
      streams.put(stream, connection.open(headers, new Input(stream)));
    }
  }

  private boolean isWanted(StreamType stream) {
    return switch (stream) {
      case ERROR -> true;
      case STDIN -> wanted.stdin();
      case STDOUT -> wanted.stdout();
      case STDERR -> wanted.stderr();
      case RESIZE -> version.hasResizeStream() && wanted.resize();
    };
  }

  @Override
  public void readComplete() {
    if (open) {
      session.readComplete();
    } else {
      connection.read();
    }
  }

  @Override
  public void writable() {
    if (open) {
      session.writable();
    }
  }

  @Override
  public void ended(String how) {
    deadline.cancel(false);
    session.ended(how);
  }

  private void fail(String how) {
    ended(how);
    cut();
  }

  @Override
  public StatusFormat statusFormat() {
    return version.status();
  }

  @Override
  public EventLoop loop() {
    return connection.loop();
  }

  @Override
  public boolean onLoop() {
    return loop().inEventLoop();
  }

  @Override
  public boolean canHalfClose() {
    return version.endsStdin();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void send(StreamType stream, ByteBuf data) {
    SpdyStream open = streams.get(stream);
    if (open == null) {
      data.release();
    } else {
      open.write(data);
    }
  }

  @Override
  public void halfClose(StreamType stream) {
    SpdyStream open = streams.get(stream);
    if (open != null) {
      // On the loop, so that it comes after what the calling thread has written.
      loop().execute(open::end);
    }
  }

  @Override
  public void read() {
    connection.read();
  }

  @Override
  public void ping() {
    connection.ping();
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public void cut() {
    connection.cut();
  }

  private void begin() {
    if (!open) {
      open = true;
      deadline.cancel(false);
      session.opened(this);
    }
  }

  private final class Input implements SpdyStreamListener {
    private final StreamType stream;

    Input(StreamType stream) {
      this.stream = stream;
    }

    @Override
    public void accepted() {
      boolean last = notAccepted.remove(stream) && notAccepted.isEmpty();
      if (last && !streams.containsKey(StreamType.RESIZE)) {
        openIfWanted(StreamType.RESIZE);
      }
      if (last) {
        begin();
      }
    }

    @Override
    public void data(ByteBuf bytes) {
      // A server may begin an attachment before it has taken the stream of error output.
      begin();
      session.data(stream, bytes);
    }

    @Override
    public void ended() {
      sending.remove(stream);
      if (open && sending.isEmpty()) {
        session.allEnded();
      }
    }

    @Override
    public void reset() {
      if (notAccepted.contains(stream)) {
        fail("the server refused the stream " + stream.headerValue());
      } else {
        ended();
      }
    }
  }
}
