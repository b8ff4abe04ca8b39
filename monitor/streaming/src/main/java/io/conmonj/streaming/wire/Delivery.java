package io.conmonj.streaming.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;

/**
 * Through here goes all that a protocol sends on one connection, so that nothing of it is lost in
 * silence: the peer would wait for it for ever, or take what comes behind it for all there was.
 *
 * <p>What cannot be made or written is told to the handlers of the pipeline: as an {@link
 * java.io.IOException} where the connection failed, else as {@link UnsentException} or an {@link
 * Error} such as want of memory, upon which the connection is to be reset. Nothing is sent behind
 * it, and the sender is thrown nothing: it may be anybody, and knows nothing of the connection. On
 * any thread.
 */
public final class Delivery implements ChannelFutureListener {
  private final ChannelPipeline pipeline;
  private volatile boolean failed;

  /**
   * @param pipeline of the connection
   */
  public Delivery(ChannelPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Makes something, and sends it behind all that was written before.
   *
   * @param from the context whose turn it is behind
   * @param making makes it; may throw anything
   * @return completes when it has been written; one that is complete already where that cannot be
   */
  public ChannelFuture send(ChannelHandlerContext from, Supplier<?> making) {
    Object made;
    try {
      made = making.get();
    } catch (RuntimeException | Error unmade) {
      failed(unmade);
      return from.channel().closeFuture();
    }
    ChannelFuture written = write(from, made);
    from.flush();
    return written;
  }

  /**
   * Writes something, which goes out with the next flush.
   *
   * @param from the context whose turn it is behind
   * @param made owned by this method
   * @return as that of {@link #send}
   */
  public ChannelFuture write(ChannelHandlerContext from, Object made) {
    ChannelPromise promise;
    try {
      // Not the void promise: where a buffer cannot be copied for the socket, that stays silent.
      promise = from.newPromise().addListener(this);
    } catch (RuntimeException | Error unwritten) {
      failed(unwritten);
      promise = null;
    }
    if (failed) {
      ReferenceCountUtil.release(made);
      return from.channel().closeFuture();
    }
    return from.write(made, promise);
  }

  @Override
  public void operationComplete(ChannelFuture written) {
    if (!written.isSuccess()) {
      failed(written.cause());
    }
  }

  /**
   * Cuts off the next part of a payload.
   *
   * @param payload released where that cannot be done, which is then the connection's end
   * @param length of the part in bytes; no more than there are
   * @return owned by the caller; null where it cannot be made
   */
  public ByteBuf part(ByteBuf payload, int length) {
    try {
      return payload.readRetainedSlice(length);
    } catch (RuntimeException | Error unmade) {
      payload.release();
      failed(unmade);
      return null;
    }
  }

  /**
   * Something that was to be sent cannot be.
   *
   * @param cause why
   */
  public void failed(Throwable cause) {
    // That is how Netty says, too, that it had no memory to write.
    boolean unwritten = cause instanceof ChannelOutputShutdownException && cause.getCause() != null;
    Throwable met = unwritten ? cause.getCause() : cause;
    // Of a connection that is closed somebody knows why.
    if (!failed && !(met instanceof ClosedChannelException)) {
      failed = true;
      pipeline.fireExceptionCaught(
          met instanceof RuntimeException unexpected ? new UnsentException(unexpected) : met);
    }
  }
}
