package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.FairReads;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.socket.ResetAtDeath;
import io.conmonj.streaming.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open connections of a server, from accept to close. Used on the event loop thread only. */
final class Connections extends ChannelInitializer<Channel> {
  /** Bytes of a request line: more than prefix, kind and token take, with a proxy's query. */
  static final int MAX_REQUEST_LINE = 4096;

  /** Bytes of all headers together; proxies pass on the credentials of the client, and cookies. */
  private static final int MAX_HEADERS = 64 * 1024;

  /**
   * After so many seconds of silence, and then each time, a client is asked whether it is there: as
   * a listener of Go does (net.ListenConfig), for which the clients are made.
   */
  private static final int KEEPALIVE_SECONDS = 15;

  /** So often without an answer; likewise. */
  private static final int KEEPALIVE_COUNT = 9;

  /** What the objects of a connection take of the Java heap, in bytes: a generous estimate. */
  private static final long CONNECTION_BYTES = 8 * 1024;

  private final Requests requests;
  private final MemoryAccount memory;
  private final StreamingLimits limits;

  /** In the order in which they came. */
  private final Set<Channel> open = new LinkedHashSet<>();

  /** Those that have not sent their request, and those that were refused: the oldest first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  /** Those whose session is over, and whose client has not closed yet: the oldest first. */
  private final Set<Channel> ended = new LinkedHashSet<>();

  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  /** Null where connections are not encrypted. */
  private ServerTls tls;

  private boolean closed;

  Connections(Requests requests, MemoryAccount memory, StreamingLimits limits) {
    this.requests = requests;
    this.memory = memory;
    this.limits = limits;
  }

  /** Encrypts all connections that are still to come. */
  void encryptWith(ServerTls with) {
    tls = with;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (closed) {
      var _ = channel.close();
      return;
    }
    add(channel, waiting);
    MemoryAccount own = setUp(channel);
    if (channel instanceof EpollSocketChannel socket) {
      // A client whose machine is gone is found out even when nothing is read from it.
      socket
          .config()
          .setKeepAlive(true)
          .setTcpKeepIdle(KEEPALIVE_SECONDS)
          .setTcpKeepIntvl(KEEPALIVE_SECONDS)
          .setTcpKeepCnt(KEEPALIVE_COUNT);
    } else {
      channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    }
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandlers());
    }
    awaitRequest(channel, own);
  }

  /** Takes a connection whose request was answered elsewhere. */
  void begin(Channel channel, ChannelHandler session) {
    var _ = setUp(channel);
    channel.pipeline().addLast(session);
  }

  /** What every connection has, wherever it began. */
  private MemoryAccount setUp(Channel channel) {
    open.add(channel);
    MemoryAccount own = memory.share(limits.memory().each(), limits.memory().assured());
    // It stays as long as the connection does, so nobody could wait in its share for less.
    memory.hold(CONNECTION_BYTES);
    channel.closeFuture().addListener(done -> closed(channel));
    channel.config().setAllocator(own.allocator());
    channel.config().setRecvByteBufAllocator(new FairReads(own));
    channel
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(limits.outputLow(), limits.outputHigh()));
    channel.pipeline().addLast(new Reading(own, () -> add(channel, ended)));
    ResetAtDeath.begin(channel);
    return own;
  }

  private void awaitRequest(Channel channel, MemoryAccount own) {
    channel
        .pipeline()
        .addLast(
            new HeadMemory(own),
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(MAX_REQUEST_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)),
            new RequestHandler(requests, limits, () -> waiting.remove(channel)));
  }

  /**
   * Writes down all of them.
   *
   * @throws CannotMoveException where one of them cannot be moved, or not now
   */
  List<FrozenConnection> freeze() throws CannotMoveException {
    List<FrozenConnection> all = new ArrayList<>(open.size());
    for (Channel each : open) {
      all.add(freeze(each));
    }
    return all;
  }

  private FrozenConnection freeze(Channel channel) throws CannotMoveException {
    if (tls != null) {
      throw new CannotMoveException("a connection is encrypted with TLS", false);
    }
    return MovedConnection.freeze(channel);
  }

  /** Those with which {@link #freeze} would fail now, and why. */
  Map<Channel, CannotMoveException> staying() {
    Map<Channel, CannotMoveException> staying = new LinkedHashMap<>();
    for (Channel each : open) {
      try {
        var _ = freeze(each);
      } catch (CannotMoveException stays) {
        staying.put(each, stays);
      }
    }
    return staying;
  }

  /** Another server goes on with all of them: they are closed here, and nobody notices. */
  void letGo() {
    closed = true;
    for (Channel each : List.copyOf(open)) {
      MovedConnection.letGo(each);
    }
    completeWhenEmpty();
  }

  /** For connections of another server. */
  MovedConnections moved() {
    return new MovedConnections(
        new MovedConnection.Owner() {
          @Override
          public ChannelHandler session(ConnectionForm form, StateReader in)
              throws UnreadableStateException {
            return requests.thaw(form, in);
          }

          @Override
          public void setUp(Channel channel) {
            var _ = Connections.this.setUp(channel);
          }

          @Override
          public void awaitRequest(Channel channel) {
            add(channel, waiting);
            Connections.this.awaitRequest(channel, MemoryAccount.of(channel.alloc()));
          }

          @Override
          public void linger(ChannelFuture last) {
            Reading.of(last.channel()).drain();
            LingeringClose.after(last, limits.errorLinger());
          }
        });
  }

  /**
   * Of too many the oldest goes: who has been here the longest is the least likely to be honest.
   */
  private void add(Channel channel, Set<Channel> bounded) {
    if (bounded.size() >= limits.waitingConnections()) {
      var _ = bounded.iterator().next().close();
    }
    bounded.add(channel);
  }

  /** How many have not sent their request, or were refused. */
  int requests() {
    return waiting.size();
  }

  /** How many are over, but for what their client has not taken. */
  int ending() {
    return ended.size();
  }

  int count() {
    return open.size();
  }

  /**
   * Accepts no more, and closes those that have no session, whose end nobody else brings about.
   * Those whose session has been ended have the time that an error may linger; then they are cut.
   *
   * @return completes when the last is closed
   */
  CompletableFuture<Void> close() {
    closed = true;
    for (Channel channel : Set.copyOf(open)) {
      if (channel.pipeline().get(RequestHandler.class) == null) {
        LingeringClose.cutAfter(channel, limits.errorLinger());
      } else {
        var _ = channel.close();
      }
    }
    completeWhenEmpty();
    return drained;
  }

  /** Accepts no more, and resets all there are. */
  void abort() {
    closed = true;
    for (Channel channel : List.copyOf(open)) {
      LingeringClose.reset(channel);
    }
    completeWhenEmpty();
  }

  private void closed(Channel channel) {
    waiting.remove(channel);
    ended.remove(channel);
    open.remove(channel);
    memory.free(CONNECTION_BYTES);
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (closed && open.isEmpty()) {
      drained.complete(null);
    }
  }
}
