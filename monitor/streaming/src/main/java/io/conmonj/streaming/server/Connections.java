package io.conmonj.streaming.server;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.FairReads;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open connections of a server, from accept to close. Used on the event loop thread only. */
final class Connections extends ChannelInitializer<Channel> {
  /** Bytes of a request line: more than prefix, kind and token take, with a proxy's query. */
  private static final int MAX_REQUEST_LINE = 4096;

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
  private final Set<Channel> open = new HashSet<>();

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
    open.add(channel);
    MemoryAccount own = memory.share(limits.memory().each(), limits.memory().assured());
    own.hold(CONNECTION_BYTES);
    channel.closeFuture().addListener(done -> closed(channel, own));
    channel.config().setAllocator(own.allocator());
    channel.config().setRecvByteBufAllocator(new FairReads(own));
    channel
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(limits.outputLow(), limits.outputHigh()));
    // A client whose machine is gone is found out even when nothing is read from it.
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    if (channel instanceof EpollSocketChannel socket) {
      socket
          .config()
          .setTcpKeepIdle(KEEPALIVE_SECONDS)
          .setTcpKeepIntvl(KEEPALIVE_SECONDS)
          .setTcpKeepCnt(KEEPALIVE_COUNT);
    }
    channel.pipeline().addLast(new Reading(own, () -> add(channel, ended)));
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler());
    }
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
   * Of too many the oldest goes: who has been here the longest is the least likely to be honest.
   */
  private void add(Channel channel, Set<Channel> bounded) {
    if (bounded.size() >= limits.waitingConnections()) {
      var _ = bounded.iterator().next().close();
    }
    bounded.add(channel);
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

  private void closed(Channel channel, MemoryAccount own) {
    waiting.remove(channel);
    ended.remove(channel);
    open.remove(channel);
    own.free(CONNECTION_BYTES);
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (closed && open.isEmpty()) {
      drained.complete(null);
    }
  }
}
