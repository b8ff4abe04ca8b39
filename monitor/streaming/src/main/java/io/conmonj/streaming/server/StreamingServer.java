package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.ServerActivity;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.SpdyPing;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.session.SessionFactory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Serves exec, attach and port-forward to Kubernetes streaming clients. It starts listening when
 * the first URL is asked for. All methods are called on the event loop thread, where everything
 * else of it runs too; the futures complete there.
 */
public final class StreamingServer {
  /** For the disk that certificates are on. */
  private static final Duration FILE_WAIT = Duration.ofSeconds(30);

  private final EventLoop loop;
  private final StreamingConfig config;
  private final Tokens tokens;
  private final Requests answers;
  private final Connections connections;
  private final ServerMove move;
  private final LiveSessions sessions = new LiveSessions();
  private final OutsideSessions outside;
  private final List<MemoryAccount> memory;

  private final Listening listening;
  private final Urls urls;

  /**
   * Makes a server that listens to nothing yet.
   *
   * @param loop the thread of the server and all its sessions
   * @param listeners makes the listening channel, of a kind the loop can drive
   * @param config where and within which limits to serve
   * @param backend does the work
   */
  public StreamingServer(
      EventLoop loop,
      ChannelFactory<? extends ServerChannel> listeners,
      StreamingConfig config,
      StreamingBackend backend) {
    this(loop, listeners, config, backend, null);
  }

  /**
   * As the other one.
   *
   * @param handshakes computes what TLS handshakes need; null for a thread of the server's own
   */
  StreamingServer(
      EventLoop loop,
      ChannelFactory<? extends ServerChannel> listeners,
      StreamingConfig config,
      StreamingBackend backend,
      Executor handshakes) {
    this.loop = loop;
    this.config = config;
    MemoryLimits memoryLimits = config.limits().memory();
    MemoryAccount sessionMemory = MemoryAccount.open("sessions", memoryLimits.sessions(), loop);
    MemoryAccount compression = MemoryAccount.open("compression", memoryLimits.compression(), loop);
    MemoryAccount pairs = MemoryAccount.open("pairs", memoryLimits.pairs(), loop);
    MemoryAccount requests = MemoryAccount.open("requests", memoryLimits.requests(), loop);
    this.memory = List.of(sessionMemory, compression, pairs, requests);
    this.tokens =
        new Tokens(
            config.limits().outstandingTokens(),
            requests,
            config.limits().tokenLifetime().toNanos(),
            System::nanoTime);
    this.answers =
        new Requests(
            config,
            tokens,
            new SessionFactory(loop, config.limits(), backend, sessions, compression, pairs));
    this.connections = new Connections(answers, sessionMemory, config.limits());
    this.outside = new OutsideSessions(sessions, answers, sessionMemory, config.limits());
    this.move = new ServerMove(tokens, sessions, answers, connections);
    this.listening = new Listening(loop, listeners, config, connections, FILE_WAIT, handshakes);
    this.urls = new Urls(config, tokens, listening);
  }

  /**
   * Makes a URL for a request, to be redeemed once within the token's lifetime.
   *
   * @return the URL; fails with {@link TooManyTokensException} when too many are outstanding, and
   *     with the cause when the address cannot be listened on or the certificate not be used
   */
  public CompletableFuture<URI> urlFor(StreamingRequest request) {
    return urls.urlFor(request);
  }

  /**
   * Begins a session without a URL, for a client that knows that it has one: nothing is left to be
   * said in HTTP. It is listed and counted as others are, but its beginning is not logged, nor is
   * it held against {@link #sessionLimits}.
   *
   * @param connection registered with the server's loop, connected, and without handlers: owned by
   *     the server from here on
   * @param protocol as {@link SessionInfo#protocol} has it
   * @throws IllegalArgumentException if there is no such protocol for what is asked
   */
  public void begin(Channel connection, StreamingRequest request, String protocol) {
    connections.begin(connection, answers.session(request, protocol));
  }

  /** How many sessions may be connected. */
  public SessionLimits sessionLimits() {
    return config.limits().sessions();
  }

  /**
   * Counts and lists a session that somebody else carries, to something that this server attaches
   * to as well: it is one of those that are connected, until {@link OutsideSession#ended}.
   *
   * @param target the backend's own name for what it is attached to
   * @param protocol what its client speaks, as it is listed
   * @param ending ends the session, with a reason for the person at the client; it has to call
   *     {@link OutsideSession#ended}
   * @throws TooManySessionsException when as many are connected as may be, or the server is closed
   */
  public OutsideSession attached(String target, String protocol, Consumer<String> ending)
      throws TooManySessionsException {
    return outside.begin(target, protocol, ending);
  }

  /**
   * As {@link #attached}, for a session that began with another server; after {@link #thaw}.
   *
   * @param frozen what {@link OutsideSession#freeze} returned there
   * @param ending likewise
   * @throws IOException if it cannot be read
   */
  public OutsideSession attachedBefore(byte[] frozen, Consumer<String> ending) throws IOException {
    return outside.goOn(frozen, ending);
  }

  /** What its memory is held for, and how much of each there may be. */
  public List<MemoryAccount> memory() {
    return memory;
  }

  /**
   * Listens now instead of with the first URL, so that what is wrong with the address or the
   * certificate shows at once.
   *
   * @return completes when it listens; fails as {@link #urlFor} does
   */
  public CompletableFuture<Void> start() {
    CompletableFuture<Void> started = new CompletableFuture<>();
    var _ =
        listening
            .socket()
            .whenComplete(
                (socket, failure) -> {
                  if (failure == null) {
                    started.complete(null);
                  } else {
                    started.completeExceptionally(failure);
                  }
                });
    return started;
  }

  /**
   * As {@link #start()}, with a socket that listens already, as one that another process has left.
   * Clients that wait there are served.
   *
   * @param open owned by the server from here on; not registered with an event loop
   * @throws IllegalStateException if the server listens already, or is about to
   */
  public CompletableFuture<Void> start(ServerChannel open) {
    return listening.take(open).thenAccept(socket -> {});
  }

  /**
   * Writes down all that another server needs to go on, of another process perhaps: URLs that can
   * still be redeemed, what was counted, and each connection up to the last byte. It changes
   * nothing.
   *
   * <p>Called by a task of the event loop, never from within a call of the server. For as long as
   * it is open whether the other server goes on, the caller keeps the loop's thread, so that
   * nothing is read, written or done by a timer: if the other one does, it calls {@link #letGo}; if
   * not, it just returns, and this server goes on as if nothing had been.
   *
   * @throws CannotMoveException if something cannot be moved, or not now. Sessions of {@link
   *     #attached} are not written down: whoever carries them does so
   */
  public FrozenServer freeze() throws CannotMoveException {
    return move.freeze();
  }

  /**
   * Ends what keeps {@link #freeze} from succeeding at this moment, and nothing else: sessions as
   * {@link #endSession} does, and connections whose request has not been answered by a reset. Those
   * of {@link #attached} are not looked at.
   *
   * @param reason for the persons at the clients; what is said behind it is why theirs cannot be
   *     moved
   * @param momentary whether to end also those of which that may be over in a moment
   * @return how many it were
   */
  public int endStaying(String reason, boolean momentary) {
    return move.endStaying(reason, momentary);
  }

  /**
   * Another server goes on with what {@link #freeze} returned. This one is closed as by {@link
   * #close}, but no client and no backend is told anything, and the connections stay open where
   * their descriptors were duplicated.
   */
  public void letGo() {
    urls.close();
    outside.close();
    connections.letGo();
    listening.close();
  }

  /**
   * Goes on where another server was stopped. Called once, before anything else of the server was
   * used. A connection that cannot be gone on with is cut off, and its client sees a reset.
   *
   * @param frozen what {@link #freeze} of the other server returned, with descriptors that are this
   *     server's from here on
   * @throws IOException if it cannot be read; nothing was begun then, and the descriptors are the
   *     caller's as before
   */
  public void thaw(FrozenServer frozen) throws IOException {
    var _ = read(frozen);
    goOn();
  }

  /**
   * The first half of {@link #thaw}, for where it is still open which server goes on: nothing is
   * read from a client, written to it, or asked of the backend before {@link #goOn}.
   *
   * @return why some of the connections could not be gone on with; empty where nothing is known
   *     against it. What a session has under way is read only as it begins
   * @throws IOException as {@link #thaw}
   */
  public List<String> read(FrozenServer frozen) throws IOException {
    return move.read(frozen);
  }

  /** The second half of {@link #thaw}, called once after {@link #read}. */
  public void goOn() {
    move.goOn(loop);
  }

  /**
   * Has this called, on the event loop's thread, each time the server begins to listen, before
   * anybody is told a URL.
   *
   * @param told replaces the one before
   */
  public void onListening(Consumer<Channel> told) {
    listening.onBegun(told);
  }

  /** The socket with which the server listens; empty where it does not. */
  public Optional<Channel> listener() {
    return Optional.ofNullable(listening.listener());
  }

  /** What the server is busy with. */
  public ServerActivity activity() {
    return new ServerActivity(
        sessions.activity(),
        connections.requests() + sessions.beginning(),
        connections.ending(),
        config.tls().isPresent() ? connections.count() : 0,
        tokens.outstanding());
  }

  /**
   * How often a {@link SpdyPing} has come, or a part of one, and nothing else, at a connection that
   * is not encrypted and carried by no other protocol: nothing that anybody needs to be there for.
   */
  public long pings() {
    return sessions.pings();
  }

  /** How many connections are open, with a session or on the way to one. */
  public int connections() {
    return connections.count();
  }

  /** How many sessions are connected. */
  public int sessionCount() {
    return sessions.connected();
  }

  /**
   * What there is to say of each session, the oldest first. A session is there from when its work
   * starts until that has ended, and its client was told so or has gone.
   */
  public List<SessionInfo> sessions() {
    return sessions.list();
  }

  /** What the sessions of each kind and protocol have been so far; none for those without any. */
  public List<SessionTotals> totals() {
    return sessions.totals();
  }

  /** How many sessions have ended so. */
  public long ended(SessionEnd end) {
    return sessions.ended(end);
  }

  /** How many clients had no session for that reason. */
  public long refused(SessionRefusal why) {
    return answers.refused(why);
  }

  /**
   * Ends a session: its backend is told that the client has gone, and the client why, as the final
   * status of a command, or on the error stream of each forwarded connection.
   *
   * @param id of the session
   * @param reason for the person at the client
   * @return false if there is no such session, perhaps no longer, or its client has gone
   */
  public boolean endSession(long id, String reason) {
    return sessions.end(id, reason);
  }

  /**
   * Stops listening, forgets all tokens, and resets every connection: each client sees that its
   * session was cut off, and each backend that its client has gone.
   */
  public void abort() {
    acceptNoMore();
    connections.abort();
  }

  /**
   * Stops listening, forgets all tokens, and ends every session as {@link #endSession} does: its
   * backend is told that the client has gone, and the client that the server is being closed.
   *
   * @return completes when the last connection is closed
   */
  public CompletableFuture<Void> close() {
    acceptNoMore();
    sessions.endAll("the streaming server is being closed");
    return connections.close();
  }

  private void acceptNoMore() {
    urls.close();
    outside.close();
    listening.close();
  }
}
