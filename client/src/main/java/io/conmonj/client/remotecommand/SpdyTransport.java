package io.conmonj.client.remotecommand;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.spdy.SpdyClientConnection;
import io.conmonj.client.spdy.SpdyListener;
import io.conmonj.client.spdy.SpdyStream;
import io.conmonj.client.spdy.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Remote command over SPDY: each stream of the session is one of the connection, opened by this
 * side. The session is open when the server has taken all of them but the one for sizes. To attach,
 * that is opened without knowing whether the container has a terminal, and only then: the kubelet's
 * server counts the streams that it takes, whichever they are, and would leave another one without
 * an answer in its place.
 */
final class SpdyTransport implements SpdyListener, StreamTransport {
  private static final String STREAM_TYPE = "streamtype";

  /** How long the server may take to take the streams, in seconds: as Kubernetes' own client. */
  private static final long ACCEPT_SECONDS = 30;

  /** The order of Kubernetes' own client. */
  private static final List<RemoteStream> BEFORE_SIZES =
      List.of(RemoteStream.ERROR, RemoteStream.STDIN, RemoteStream.STDOUT, RemoteStream.STDERR);

  private final RequestedStreams wanted;
  private final TransportListener session;
  private final Map<RemoteStream, SpdyStream> streams = new EnumMap<>(RemoteStream.class);
  private final Set<RemoteStream> notAccepted = EnumSet.noneOf(RemoteStream.class);

  /** Those on which the server may still send. */
  private final Set<RemoteStream> sending = EnumSet.noneOf(RemoteStream.class);

  private volatile SpdyClientConnection connection;
  private volatile SpdyProtocol version;
  private Future<?> deadline;
  private boolean open;

  SpdyTransport(RequestedStreams wanted, TransportListener session) {
    this.wanted = wanted;
    this.session = session;
  }

  @Override
  public void opened(SpdyClientConnection opened) {
    connection = opened;
    version = SpdyProtocol.of(opened.protocol());
    deadline =
        loop()
            .schedule(
                () -> fail("the server has not taken its streams in " + ACCEPT_SECONDS + " s"),
                ACCEPT_SECONDS,
                TimeUnit.SECONDS);
    BEFORE_SIZES.forEach(this::openIfWanted);
    notAccepted.addAll(streams.keySet());
    sending.addAll(streams.keySet());
    sending.remove(RemoteStream.STDIN);
  }

  private void openIfWanted(RemoteStream stream) {
    if (version.has(stream, wanted)) {
      String type = stream.name().toLowerCase(Locale.ROOT);
      streams.put(stream, connection.open(Map.of(STREAM_TYPE, type), new Input(stream)));
    }
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
  public String protocol() {
    return connection.protocol();
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
    return version.halfClose();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void send(RemoteStream stream, ByteBuf data) {
    SpdyStream open = streams.get(stream);
    if (open == null) {
      data.release();
    } else {
      open.write(data);
    }
  }

  @Override
  public void halfClose(RemoteStream stream) {
    SpdyStream open = streams.get(stream);
    if (open != null) {
      // Behind what the calling thread has written.
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

  private final class Input implements StreamListener {
    private final RemoteStream stream;

    Input(RemoteStream stream) {
      this.stream = stream;
    }

    @Override
    public void accepted() {
      notAccepted.remove(stream);
      if (notAccepted.isEmpty() && !open) {
        open = true;
        deadline.cancel(false);
        openIfWanted(RemoteStream.RESIZE);
        session.opened(SpdyTransport.this);
      }
    }

    @Override
    public void data(ByteBuf bytes) {
      if (open) {
        session.data(stream, bytes);
      } else {
        bytes.release();
      }
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
        fail("the server refused the stream " + stream.name().toLowerCase(Locale.ROOT));
      } else {
        ended();
      }
    }
  }
}
