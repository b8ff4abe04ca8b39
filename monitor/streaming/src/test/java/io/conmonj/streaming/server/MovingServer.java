package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.epoll.LastingEpoll;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.StreamingRequest;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A streaming server that is replaced by another whenever the test wants it, with all its sessions.
 * What its sessions do is begun once, and again in each further server.
 */
final class MovingServer implements AutoCloseable {
  /** Turns of the loop, each of which reads what has come. */
  private static final int TURNS = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, LastingEpoll.newFactory());
  private final EventLoop loop = group.next();
  private final StreamingLimits limits;
  private final Supplier<TestServer.Work> works;

  /** One for each session there has been, in all servers. */
  private final List<TestServer.Work> begun = new ArrayList<>();

  private StreamingServer server;
  private int moves;

  /**
   * @param works makes what each session does, which can be started in one server after another
   */
  MovingServer(Supplier<TestServer.Work> works) {
    this(StreamingLimits.DEFAULT, works);
  }

  MovingServer(StreamingLimits limits, Supplier<TestServer.Work> works) {
    this.limits = limits;
    this.works = works;
    server = newServer();
  }

  private StreamingServer newServer() {
    return new StreamingServer(
        loop,
        EpollServerSocketChannel::new,
        StreamingConfig.DEFAULT.withLimits(limits),
        new MovableBackend());
  }

  URI url(StreamingRequest request) throws Exception {
    return onLoop(() -> server.urlFor(request)).get(60, TimeUnit.SECONDS);
  }

  URI exec() throws Exception {
    return url(new ExecRequest("c1", List.of("command"), TestServer.ALL));
  }

  /** A URL for forwarding; the ports are for clients that cannot name any. */
  URI portForward(Integer... ports) throws Exception {
    return url(new PortForwardRequest("pod1", List.of(ports)));
  }

  <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get(60, TimeUnit.SECONDS);
  }

  /** Waits until the server has seen what has been sent to it, as far as it reads that. */
  void settle() throws Exception {
    LoopTurns.pass(loop, TURNS);
  }

  /**
   * Looks until what is wanted is so, which is a moment after what a client has done.
   *
   * @throws AssertionError after half a minute without it
   */
  static <T> T await(Callable<T> look, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T seen = look.call();
    while (!wanted.test(seen)) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      seen = look.call();
    }
    return seen;
  }

  StreamingServer server() {
    return server;
  }

  /** How often it was replaced. */
  int moves() {
    return moves;
  }

  /** Something that happens in the moment in which no server has the connections. */
  interface Meanwhile {
    void happen() throws Exception;
  }

  /** What another server says of these connections, should it have to go on; this one does. */
  List<String> readElsewhere(UnaryOperator<byte[]> change) throws Exception {
    return onLoop(
        () -> {
          FrozenServer frozen = server.freeze();
          List<FrozenConnection> connections = new ArrayList<>();
          for (FrozenConnection each : frozen.connections()) {
            connections.add(new FrozenConnection(change.apply(each.state()), each.descriptors()));
          }
          return newServer().read(new FrozenServer(frozen.state(), connections));
        });
  }

  /** Has another server go on. */
  void move() throws Exception {
    move(() -> {});
  }

  /** The same, while something happens. */
  void move(Meanwhile meanwhile) throws Exception {
    onLoop(
            () -> {
              StreamingServer next = newServer();
              // Writing it down changes nothing.
              var _ = server.freeze();
              FrozenServer frozen = duplicate(server.freeze());
              int listener =
                  ((EpollServerSocketChannel) server.listener().orElseThrow()).fd().intValue();
              int mine = duplicate(listener);
              server.letGo();
              meanwhile.happen();
              next.thaw(frozen);
              server = next;
              moves++;
              return next.start(new EpollServerSocketChannel(mine));
            })
        .get(60, TimeUnit.SECONDS);
  }

  /**
   * The server dies with all that it has open, as a process does, as soon as all that there is
   * could be moved; another one knows nothing.
   */
  void die() throws Exception {
    whenPossible(
        () ->
            onLoop(
                () -> {
                  FrozenServer frozen = duplicate(server.freeze());
                  server.letGo();
                  for (FrozenConnection each : frozen.connections()) {
                    // The last copy: what happens now is what the kernel does.
                    each.descriptors().values().forEach(number -> Fd.adopt(number).close());
                  }
                  server = newServer();
                  return null;
                }));
  }

  /** Has another server go on as soon as all that there is can be moved. */
  void moveWhenPossible() throws Exception {
    whenPossible(this::move);
  }

  private static void whenPossible(Meanwhile move) throws Exception {
    while (true) {
      try {
        move.happen();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof CannotMoveException later && later.isMomentary())) {
          throw e;
        }
        Thread.sleep(1);
      }
    }
  }

  private static FrozenServer duplicate(FrozenServer frozen) throws KernelException {
    List<FrozenConnection> connections = new ArrayList<>();
    for (FrozenConnection each : frozen.connections()) {
      Map<String, Integer> descriptors = new HashMap<>();
      for (Map.Entry<String, Integer> one : each.descriptors().entrySet()) {
        descriptors.put(one.getKey(), duplicate(one.getValue()));
      }
      connections.add(new FrozenConnection(each.state(), descriptors));
    }
    return new FrozenServer(frozen.state(), connections);
  }

  private static int duplicate(int descriptor) throws KernelException {
    Fd borrowed = Fd.adopt(descriptor);
    try {
      return Fcntl.duplicate(borrowed).release();
    } finally {
      var _ = borrowed.release();
    }
  }

  @Override
  public void close() {
    try {
      onLoop(() -> server.close()).get(60, TimeUnit.SECONDS);
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

  /** Of one server. It writes down no more than which session of them all it is. */
  private final class MovableBackend implements StreamingBackend {
    private final Map<SessionStreams, Integer> numbers = new HashMap<>();
    private final TcpDialler dialler = new TcpDialler(loop, MovingServer::socket);

    @Override
    public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
      return begin(streams);
    }

    @Override
    public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
      return begin(streams);
    }

    @Override
    public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
      return dialler.dial(port);
    }

    private CompletableFuture<Outcome> begin(SessionStreams streams) {
      begun.add(works.get());
      return start(begun.size() - 1, streams);
    }

    @Override
    public Optional<byte[]> freeze(SessionStreams streams) {
      return Optional.of(numbers.get(streams).toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public CompletableFuture<Outcome> thaw(
        SessionKind kind, String target, byte[] frozen, SessionStreams streams) {
      return start(Integer.parseInt(new String(frozen, StandardCharsets.US_ASCII)), streams);
    }

    private CompletableFuture<Outcome> start(int number, SessionStreams streams) {
      numbers.put(streams, number);
      CompletableFuture<Outcome> end = new CompletableFuture<>();
      try {
        begun.get(number).start(streams, end);
      } catch (Exception e) {
        end.completeExceptionally(e);
      }
      return end;
    }
  }
}
