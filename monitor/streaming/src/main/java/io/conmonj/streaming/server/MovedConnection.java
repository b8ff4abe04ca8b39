package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.Movable;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.socket.Unsent;
import io.conmonj.streaming.wire.Delivery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection is written down, and how another server goes on with it: what has to be sent
 * first, and then what the handler says to which it belongs.
 */
final class MovedConnection {
  private static final Logger log = LoggerFactory.getLogger(MovedConnection.class);

  /** Of {@link FrozenConnection#state}. One that is left behind stays readable. */
  private static final int VERSION = 1;

  private static final String SOCKET = "socket";

  /** What a connection gets where it goes on. */
  interface Owner {
    /** Puts it into the state in which all connections are, without a protocol. */
    void setUp(Channel channel);

    /** Adds what reads its request. */
    void awaitRequest(Channel channel);

    /** Closes it behind the last write. */
    void linger(ChannelFuture last);

    /** Makes what has it after its request. */
    ChannelHandler session(ConnectionForm form, StateReader in) throws UnreadableStateException;
  }

  private final ConnectionForm form;

  /** Null where it has none. */
  private final ChannelHandler session;

  private final byte[] unsent;
  private final byte[] request;
  private final int socket;

  /** What the session reads as it begins. */
  private final StateReader in;

  private MovedConnection(
      ConnectionForm form,
      ChannelHandler session,
      byte[] unsent,
      byte[] request,
      int socket,
      StateReader in) {
    this.form = form;
    this.session = session;
    this.unsent = unsent;
    this.request = request;
    this.socket = socket;
    this.in = in;
  }

  static FrozenConnection freeze(Channel channel) throws CannotMoveException {
    Movable handler = handler(channel);
    if (handler == null || !(channel instanceof UnixChannel socket)) {
      throw new CannotMoveException("a connection cannot be moved", false);
    }
    StateWriter out = new StateWriter();
    out.number(VERSION).word(handler.form()).descriptor(SOCKET, socket.fd().intValue());
    Unsent.freeze(channel, out);
    handler.freeze(out);
    boolean isOver =
        handler.form() == ConnectionForm.REQUEST || handler.form() == ConnectionForm.LINGERING;
    if (isOver || !Reading.of(channel).isOn()) {
      out.dueNow();
    }
    Optional<String> pinged = out.isBetweenFrames() ? Optional.of(SOCKET) : Optional.empty();
    return new FrozenConnection(out.written(), out.descriptors(), pinged, out.dueNanos());
  }

  /** The session that a connection carries, as it is listed; 0 for none that has begun. */
  static long sessionId(Channel channel) {
    Movable handler = handler(channel);
    return handler == null ? 0 : handler.sessionId();
  }

  /** Whether its request has not been answered. */
  static boolean awaitsRequest(Channel channel) {
    Movable handler = handler(channel);
    return handler != null && handler.form() == ConnectionForm.REQUEST;
  }

  static void letGo(Channel channel) {
    Movable handler = handler(channel);
    if (handler != null) {
      handler.letGo();
      channel.pipeline().remove(handler);
    }
    // Asks no layer in between; and what waits here is sent by the other server.
    channel.unsafe().close(channel.unsafe().voidPromise());
  }

  private static Movable handler(Channel channel) {
    for (Map.Entry<String, ChannelHandler> each : channel.pipeline()) {
      if (each.getValue() instanceof Movable handler) {
        return handler;
      }
    }
    return null;
  }

  /**
   * Reads what another server has written down, as far as that does not begin anything: what the
   * connection is, and what its session is made by.
   *
   * @param in what is left in it when it cannot be read is to be {@linkplain #cut cut off}
   */
  static MovedConnection read(StateReader in, Owner owner) throws UnreadableStateException {
    int version = in.number();
    if (version != VERSION) {
      throw new UnreadableStateException("connection in version " + version + ", not known");
    }
    ConnectionForm form = in.word(ConnectionForm.class);
    byte[] unsent = in.bytes();
    ChannelHandler session =
        switch (form) {
          case WEBSOCKET, SPDY -> owner.session(form, in);
          case REQUEST, LINGERING -> null;
        };
    byte[] request = form == ConnectionForm.REQUEST ? in.bytes() : new byte[0];
    return new MovedConnection(form, session, unsent, request, in.descriptor(SOCKET), in);
  }

  /** Begins where the other server has been. */
  void goOn(EventLoop loop, Owner owner) {
    try {
      Channel channel = new EpollSocketChannel(socket);
      // A socket that has failed meanwhile says so once, to whoever asks first, which is Netty.
      boolean isConnected = channel.isActive();
      channel
          .pipeline()
          .addLast(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel ready) {
                  goOn(ready, isConnected ? unsent : new byte[0], owner);
                }
              });
      var _ =
          loop.register(channel)
              .addListener((ChannelFuture future) -> registered(future, isConnected));
    } catch (RuntimeException broken) {
      log.error("a connection of another server is cut off", broken);
      cut(in);
    }
  }

  private void goOn(Channel channel, byte[] first, Owner owner) {
    owner.setUp(channel);
    ChannelFuture last = sendFirst(channel, first);
    switch (form) {
      case WEBSOCKET, SPDY -> channel.pipeline().addLast(session);
      case LINGERING -> owner.linger(last);
      case REQUEST -> {
        owner.awaitRequest(channel);
        if (request.length > 0) {
          ByteBuf read = channel.alloc().buffer(request.length).writeBytes(request);
          channel.pipeline().context(Reading.class).fireChannelRead(read);
        }
      }
    }
  }

  /** Before anything that a handler may have to say. */
  private static ChannelFuture sendFirst(Channel channel, byte[] unsent) {
    ChannelHandlerContext behindNobody = channel.pipeline().context(Reading.class);
    Delivery delivery = new Delivery(channel.pipeline());
    ByteBufAllocator buffers = MemoryAccount.of(channel.alloc()).outgoing().allocator();
    return unsent.length == 0
        ? channel.newSucceededFuture()
        : delivery.send(behindNobody, () -> buffers.directBuffer(unsent.length).writeBytes(unsent));
  }

  private static void registered(ChannelFuture registered, boolean isConnected) {
    Channel channel = registered.channel();
    if (!registered.isSuccess()) {
      log.error("a connection of another server is cut off", registered.cause());
    } else if (!isConnected) {
      // Netty tells the end of nothing that it never saw alive.
      channel.pipeline().fireExceptionCaught(new IOException("the client has broken off"));
      LingeringClose.reset(channel);
    }
  }

  /** All of its descriptors are sockets; whose other end sees a reset. */
  static void cut(StateReader in) {
    for (int each : in.notTaken()) {
      EpollSocketChannel socket = new EpollSocketChannel(each);
      socket.config().setSoLinger(0);
      socket.unsafe().closeForcibly();
    }
  }
}
