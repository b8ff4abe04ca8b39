package io.conmonj.streaming.server;

import io.conmonj.epoll.LastingEpoll;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.tcp.SocketSource;
import io.conmonj.streaming.tcp.TcpDialler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A streaming server on a loop of its own, whose sessions run what the test says. */
final class TestServer implements AutoCloseable {
  static final Stdio ALL = new Stdio(true, true, true, false);
  static final Stdio OUTPUT = new Stdio(false, true, true, false);
  static final Stdio TERMINAL = new Stdio(true, true, false, true);

  /** Turns of the loop, each of which reads what has come, after which no more is expected. */
  private static final int TURNS_WITHOUT_INPUT = 250;

  /** What a session does. Called on the loop's thread, with the future that ends it. */
  interface Work {
    void start(SessionStreams streams, CompletableFuture<Outcome> end) throws Exception;
  }

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, LastingEpoll.newFactory());
  private final EventLoop loop = group.next();
  private final StreamingServer server;

  TestServer(Work work) {
    this(StreamingLimits.DEFAULT, work);
  }

  TestServer(StreamingLimits limits, Work work) {
    this(StreamingConfig.DEFAULT.withLimits(limits), work);
  }

  TestServer(StreamingConfig config, Work work) {
    this(config, work, null);
  }

  /**
   * As the others.
   *
   * @param handshakes computes what TLS handshakes need; null for what a server has itself
   */
  TestServer(StreamingConfig config, Work work, Executor handshakes) {
    server =
        new StreamingServer(
            loop,
            EpollServerSocketChannel::new,
            config,
            new WorkBackend(work, new TcpDialler(loop, TestServer::socket)),
            handshakes);
  }

  URI exec(Stdio stdio) throws Exception {
    return url(new ExecRequest("c1", List.of("command"), stdio));
  }

  /** The URL of a port-forward, with ports for clients that cannot name any. */
  URI portForward(Integer... ports) throws Exception {
    return url(new PortForwardRequest("pod1", List.of(ports)));
  }

  /** A command over SPDY, with all streams: error 1, stdin 3, stdout 5, stderr 7. */
  SpdyPeer execOverSpdy() throws Exception {
    SpdyPeer client = SpdyPeer.open(exec(ALL), "v4.channel.k8s.io");
    client.open(1, "error");
    client.open(3, "stdin");
    client.open(5, "stdout");
    client.open(7, "stderr");
    return client;
  }

  /** Forwards ports over SPDY. */
  SpdyPeer forwardOverSpdy() throws Exception {
    return SpdyPeer.open(portForward(), "portforward.k8s.io");
  }

  URI url(StreamingRequest request) throws Exception {
    try {
      return onLoop(() -> server.urlFor(request)).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get(60, TimeUnit.SECONDS);
  }

  /** Waits until it has read what had come. */
  void turn() throws Exception {
    LoopTurns.pass(loop, 1);
  }

  /** Waits until it has read what had come, in whatever pieces. */
  void settledTurns() throws Exception {
    LoopTurns.pass(loop, TURNS_WITHOUT_INPUT);
  }

  int openConnections() {
    return server.connections();
  }

  List<MemoryAccount> memory() throws Exception {
    return onLoop(server::memory);
  }

  List<SessionInfo> sessions() throws Exception {
    return onLoop(server::sessions);
  }

  /**
   * How much of its input a session's client has sent when no more comes of it: it has sent all, or
   * is held back.
   */
  long settledInput(long atLeast) throws Exception {
    long before;
    long now = 0;
    do {
      before = now;
      settledTurns();
      now = sessions().getFirst().received();
    } while (now < atLeast || now > before);
    return now;
  }

  List<SessionTotals> totals() throws Exception {
    return onLoop(server::totals);
  }

  long ended(SessionEnd end) throws Exception {
    return onLoop(() -> server.ended(end));
  }

  long refused(SessionRefusal why) throws Exception {
    return onLoop(() -> server.refused(why));
  }

  boolean endSession(long id, String reason) throws Exception {
    return onLoop(() -> server.endSession(id, reason));
  }

  int connectionCount() throws Exception {
    return onLoop(server::connections);
  }

  /** Waits until the server has no connection left. */
  boolean connectionsClosed() throws Exception {
    while (onLoop(server::connections) > 0) {
      Thread.onSpinWait();
    }
    return true;
  }

  CompletableFuture<Void> beginClose() throws Exception {
    return onLoop(server::close);
  }

  @Override
  public void close() {
    try {
      beginClose().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("close the streaming server", e);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static CompletableFuture<EpollSocketChannel> socket(SocketSource.Family family) {
    return CompletableFuture.completedFuture(
        new EpollSocketChannel(
            family == SocketSource.Family.IPV4
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6));
  }

  private record WorkBackend(Work work, TcpDialler dialler) implements StreamingBackend {
    @Override
    public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
      return dialler.dial(port);
    }

    @Override
    public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
      return start(streams);
    }

    @Override
    public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
      return start(streams);
    }

    private CompletableFuture<Outcome> start(SessionStreams streams) {
      CompletableFuture<Outcome> end = new CompletableFuture<>();
      try {
        work.start(streams, end);
      } catch (Exception e) {
        end.completeExceptionally(e);
      }
      return end;
    }
  }
}
