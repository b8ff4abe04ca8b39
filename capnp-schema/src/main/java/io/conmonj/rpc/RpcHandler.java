package io.conmonj.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an {@link RpcConnection} on a Netty channel, framing included, in a single handler because
 * each class costs every monitor memory. One instance serves one channel.
 *
 * <p>While the channel is not writable nothing is read from it, so a peer that does not take its
 * answers cannot ask for more.
 */
public final class RpcHandler extends ChannelInboundHandlerAdapter implements Outbound {
  private static final Logger LOG = LoggerFactory.getLogger(RpcHandler.class);

  /** How long a peer has to take what was sent before the connection ended. */
  private static final int LAST_WORDS_SECONDS = 2;

  private final RpcLimits limits;
  private final MessageDecoder decoder;
  private final RpcConnection connection;
  private ChannelHandlerContext context;
  private boolean reading;
  private boolean closing;

  /** The error that was logged last; null before. */
  private Throwable told;

  /**
   * Creates one for a channel.
   *
   * @param limits what the peer may ask for
   * @param bootstrap what the peer gets as bootstrap object; a client without objects of its own
   *     passes {@link IncomingCall#unimplemented}
   */
  public RpcHandler(RpcLimits limits, CallHandler bootstrap) {
    this.limits = limits;
    this.decoder = new MessageDecoder(limits);
    this.connection = new RpcConnection(limits, bootstrap, this);
  }

  /** The connection; to be used once this handler is in a pipeline, on its thread. */
  public RpcConnection connection() {
    return connection;
  }

  /**
   * Whether nothing is under way in either direction. Then another handler with the same bootstrap
   * object, in another process, can go on with the socket, and the peer notices nothing. To be
   * called on the connection's thread, while nothing is read.
   */
  public boolean isAtRest() {
    if (closing || !decoder.isBetweenMessages() || !connection.isAtRest()) {
      return false;
    }
    ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
    return queue != null && queue.totalPendingWriteBytes() == 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    reading = true;
    try {
      while (!closing) {
        ByteBuffer[] segments = decoder.decode(in);
        if (segments == null) {
          break;
        }
        connection.receive(segments, decoder.messageBytes());
      }
    } catch (ProtocolException e) {
      connection.violated(e);
    } finally {
      in.release();
      reading = false;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    connection.disconnected();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    closing = true;
    // Where there is no memory to write, that is the cause of what comes.
    Throwable met = cause instanceof ChannelOutputShutdownException ? cause.getCause() : cause;
    // Each buffer of a message fails for the same one.
    if (met instanceof Error && !met.equals(told)) {
      told = met;
      LOG.error("connection ended by an error", met);
    }
    try {
      connection.disconnected();
    } finally {
      var _ = ctx.close();
    }
  }

  @Override
  public ByteBufAllocator allocator() {
    return context.alloc();
  }

  @Override
  public void send(OutgoingMessage message) {
    if (closing) {
      message.release();
      return;
    }
    message.drainTo(this::write);
    if (!reading) {
      context.flush();
    }
    ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
    if (queue != null && queue.totalPendingWriteBytes() > limits.queuedBytes()) {
      closing = true;
      connection.disconnected();
      var _ = context.close();
    }
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      ChannelFuture written = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
      var _ = written.addListener(ChannelFutureListener.CLOSE);
      if (!written.isDone()) {
        var _ = context.executor().schedule(this::closeNow, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private void closeNow() {
    var _ = context.close();
  }

  private void write(ByteBuf buffer) {
    // A void promise reports failure to exceptionCaught, and needs no object for each write.
    var _ = context.write(buffer, context.voidPromise());
  }
}
