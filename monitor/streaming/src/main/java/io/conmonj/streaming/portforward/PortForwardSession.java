package io.conmonj.streaming.portforward;

import io.conmonj.streaming.Completion;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.TargetResetException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.live.IdleTimer;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The forwarded connections of one client connection: who holds it back, who waits for it, and
 * which of them are still to be connected. All methods are called on the event loop thread.
 */
public final class PortForwardSession {
  private final PortForwardRequest request;
  private final StreamingBackend backend;
  private final PortForwardTransport transport;
  private final EventExecutor executor;
  private final StreamingLimits limits;
  private final IdleTimer idle;
  private final LiveSession live;

  /** In the order in which they were opened, and so they are told of the end. */
  private final Set<Pair> pairs = new LinkedHashSet<>();

  private final Set<Pair> waitingForClient = new LinkedHashSet<>();
  private final Queue<Runnable> waitingToConnect = new ArrayDeque<>();
  private int connecting;
  private int holding;
  private boolean waitingForRoom;

  /** Whether the client has gone. */
  private boolean over;

  /**
   * Made by a {@link io.conmonj.streaming.session.SessionFactory}.
   *
   * @param request what the session is for
   * @param backend connects to the ports
   * @param transport the connection to the client
   * @param executor the event loop of all
   * @param limits the bounds of buffers and times
   * @param live its entry in the list of sessions, to which it belongs from start to end
   */
  public PortForwardSession(
      PortForwardRequest request,
      StreamingBackend backend,
      PortForwardTransport transport,
      EventExecutor executor,
      StreamingLimits limits,
      LiveSession live) {
    this.request = request;
    this.backend = backend;
    this.transport = transport;
    this.executor = executor;
    this.limits = limits;
    this.idle = new IdleTimer(executor, limits.idleTimeout(), this::endIdle);
    this.live = live;
  }

  /** The client is there. */
  public void start() {
    idle.start();
    transport.input().whenFull(this::crowded);
    live.opened(this::abort);
    live.began();
  }

  /** As it is listed; 0 before it has begun. */
  public long id() {
    return live.id();
  }

  /** Writes down what it is made by, and how long it has been idle; its pairs are not in it. */
  public void freeze(StateWriter out) {
    live.freeze(out);
    out.numbers(request.ports());
    idle.freeze(out);
  }

  /**
   * In place of {@link #start}: goes on where another server has been.
   *
   * @param in behind what the session is made by
   */
  public void thaw(StateReader in) throws UnreadableStateException {
    transport.input().whenFull(this::crowded);
    live.goesOn(this::abort);
    idle.thaw(in);
  }

  /** Another server goes on with it and its pairs: nobody is told anything more. */
  public void letGo() {
    over = true;
    idle.stop();
    live.letGo();
    waitingToConnect.clear();
    waitingForClient.clear();
    pairs.forEach(Pair::letGo);
    pairs.clear();
  }

  /** Has a pair go on with the socket that another server had for its target. */
  void goOn(Pair pair, int socket) {
    EpollSocketChannel channel = new EpollSocketChannel(socket);
    // A socket that has failed meanwhile says so once, to whoever asks first, which is Netty.
    boolean isConnected = channel.isActive();
    channel.config().setAllowHalfClosure(true).setAutoRead(false);
    var _ =
        ((EventLoop) executor)
            .register(channel)
            .addListener(
                registered -> {
                  if (registered.isSuccess() && isConnected) {
                    pair.connected(channel);
                  } else {
                    pair.resetByTarget();
                    channel.unsafe().closeForcibly();
                  }
                });
  }

  void leftBehind(int change) {
    live.leftBehind(change);
  }

  /** As {@link #disconnected}, and it was the server that has cut the client off. */
  public void lost(Throwable cause) {
    live.becauseOf(cause);
    disconnected();
  }

  /** A pair that is not connected yet; what the client sends on it is kept. */
  public Pair open(PairStreams streams) {
    Pair pair = new Pair(this, streams, executor, limits);
    pairs.add(pair);
    return pair;
  }

  /**
   * Connects a pair to its port.
   *
   * @param port 1 to 65535
   */
  public void connect(Pair pair, int port) {
    if (over) {
      pair.clientGone();
      return;
    }
    waitingToConnect.add(() -> startConnecting(pair, port));
    connectNext();
  }

  /** The connection to the client has become writable, or stopped being so. */
  public void writabilityChanged() {
    if (!waitingForClient.isEmpty() && transport.isWritable()) {
      var waiting = new ArrayList<>(waitingForClient);
      waitingForClient.clear();
      waiting.forEach(Pair::clientTakesMore);
    }
  }

  /** The client has gone: what it has sent still reaches the targets, which then see the end. */
  public void disconnected() {
    over = true;
    live.because(SessionEnd.CLIENT_LEFT, "the client left");
    idle.stop();
    live.ended();
    waitingToConnect.clear();
    waitingForClient.clear();
    for (Pair pair : List.copyOf(pairs)) {
      pair.clientGone();
    }
  }

  /**
   * Ends the session from the server's side, with a word to the client on each of its connections;
   * where it has none there is no place for a word. Targets get what was sent to them before.
   *
   * @param reason for the person at the client
   */
  public void abort(String reason) {
    for (Pair pair : List.copyOf(pairs)) {
      pair.tellEnd(reason);
    }
    end(SessionEnd.ABORTED, reason);
  }

  private void endIdle(String reason) {
    end(SessionEnd.IDLE, reason);
  }

  /** Ends the session from the server's side, with no word to the client. */
  public void end(SessionEnd end, String reason) {
    live.because(end, reason);
    disconnected();
    transport.close();
  }

  /** Those that were named when its URL was made. */
  public List<Integer> ports() {
    return request.ports();
  }

  int pairs() {
    return pairs.size();
  }

  /** A pair took bytes from the client. */
  void received(int bytes) {
    idle.touch();
    live.received(bytes);
  }

  /** A pair has bytes for the client. */
  void sent(int bytes) {
    idle.touch();
    live.sent(bytes);
  }

  /**
   * Whether the client takes more, and there is memory to read it into. What the client has sent
   * and a target has not taken leaves room for that: a target may take none of it before.
   */
  boolean clientTakesMore() {
    live.stalled(!transport.isWritable());
    if (!transport.isWritable()) {
      return false;
    }
    MemoryAccount outgoing = transport.memory().outgoing();
    boolean room = outgoing.hasRoom();
    if (!room && !waitingForRoom) {
      outgoing.whenRoom(this::roomAgain);
      waitingForRoom = true;
    }
    return room;
  }

  private void roomAgain() {
    waitingForRoom = false;
    writabilityChanged();
  }

  MemoryAccount memory() {
    return transport.memory();
  }

  /** Whether the client is not read because there is no memory to read it into. */
  boolean isCrowded() {
    return transport.input().isFull();
  }

  /**
   * The client is not read any more, for want of memory. It may be what waits for targets that has
   * taken it, though none of them has come to its own bound.
   */
  private void crowded() {
    pairs.forEach(Pair::suspect);
  }

  void waitForClient(Pair pair) {
    waitingForClient.add(pair);
  }

  /** A pair begins or ceases to hold back the client. */
  void hold(boolean begins) {
    holding += begins ? 1 : -1;
    if (holding == (begins ? 1 : 0)) {
      transport.setReading(!begins);
    }
  }

  void closed(Pair pair) {
    pairs.remove(pair);
    waitingForClient.remove(pair);
  }

  private void connectNext() {
    while (connecting < StreamingBackend.CONCURRENT_CONNECTS && !waitingToConnect.isEmpty()) {
      waitingToConnect.remove().run();
    }
  }

  private void startConnecting(Pair pair, int port) {
    if (pair.isDone()) {
      return;
    }
    pair.connecting();
    connecting++;
    CompletableFuture<DuplexChannel> target;
    try {
      target = Objects.requireNonNull(backend.portForward(request, port));
    } catch (RuntimeException | Error e) {
      target = CompletableFuture.failedFuture(e);
    }
    try {
      Completion.on(target, executor, (channel, failure) -> dialled(pair, port, channel, failure));
    } catch (OutOfMemoryError tight) {
      // The pair would wait for it for ever.
      transport.cut(tight);
    }
  }

  private void dialled(Pair pair, int port, DuplexChannel channel, Throwable failure) {
    connecting--;
    try {
      connected(pair, port, channel, failure);
    } catch (RuntimeException | Error unexpected) {
      if (channel != null) {
        var _ = channel.close();
      }
      transport.cut(unexpected);
    }
    connectNext();
  }

  private void connected(Pair pair, int port, DuplexChannel channel, Throwable failure) {
    if (failure == null) {
      pair.connected(channel);
    } else if (Completion.cause(failure) instanceof TargetResetException) {
      pair.resetByTarget();
    } else {
      String cause = Completion.reason(failure);
      // The words of the kubelet's library, whose "uid" has always been empty here.
      pair.fail(
          "error forwarding port " + port + " to pod " + request.target() + ", uid : " + cause);
    }
  }
}
