package io.conmonj.streaming.portforward;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.memory.HeldBytes;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.FairReads;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.socket.ResetAtDeath;
import io.conmonj.streaming.socket.Unsent;
import io.conmonj.streaming.wire.Delivery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import java.util.function.IntConsumer;

/** The socket in the pod to which a pair is connected. Event loop thread only. */
final class Target {
  private final DuplexChannel channel;
  private final StreamingLimits limits;
  private final ChannelHandlerContext context;
  private final Delivery delivery;

  /** How many bytes were sent to it, taken or not. */
  private long given;

  /**
   * @param channel owned by the target from here on
   * @param limits bounds what waits for it, and how long it may take to close
   * @param pair is told what it does
   */
  Target(DuplexChannel channel, StreamingLimits limits, Pair pair) {
    this.channel = channel;
    this.limits = limits;
    TargetHandler handler = new TargetHandler(pair);
    channel.pipeline().addLast(handler);
    ResetAtDeath.beginHalfClosed(channel);
    context = channel.pipeline().context(handler);
    delivery = new Delivery(channel.pipeline());
  }

  /**
   * What it sends is for a client, and counts as held for that one.
   *
   * @param memory of the client's connection, for what goes to him
   */
  void chargeTo(MemoryAccount memory) {
    channel.config().setAllocator(memory.allocator());
    channel.config().setRecvByteBufAllocator(new FairReads(memory));
    int buffer = limits.portForward().buffer();
    channel
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(buffer / 2, buffer));
  }

  /**
   * Writes down its socket, and what waits for it.
   *
   * @param name of the socket, among those that belong to the same connection
   */
  void freeze(StateWriter out, String name) throws CannotMoveException {
    if (!(channel instanceof UnixChannel socket)) {
      throw new CannotMoveException("a forwarded connection cannot be moved", false);
    }
    out.descriptor(name, socket.fd().intValue());
    Unsent.freeze(channel, out);
  }

  /** Another server goes on with it. */
  void letGo() {
    channel.pipeline().remove(context.handler());
    channel.unsafe().close(channel.unsafe().voidPromise());
  }

  /** Whether it is read. */
  void setReading(boolean wanted) {
    channel.config().setAutoRead(wanted);
  }

  /**
   * Sends bytes, behind those that wait.
   *
   * @param bytes owned by this method
   */
  void send(ByteBuf bytes) {
    given += bytes.readableBytes();
    // What it does not take at once waits.
    boolean waits = channel.bytesBeforeUnwritable() < limits.portForward().buffer();
    var _ = delivery.write(context, waits ? HeldBytes.compact(bytes) : bytes);
    context.flush();
  }

  /** Whether it takes more. */
  boolean isWritable() {
    return channel.isWritable();
  }

  /** How many bytes it has not taken. */
  long pendingBytes() {
    return Unsent.count(channel);
  }

  /** How many bytes it has taken. */
  long takenBytes() {
    return given - pendingBytes();
  }

  /** Has something done once all that was sent has left here; never if that fails. */
  void whenSent(Runnable action) {
    delivery
        .send(context, () -> Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                doOrFail(action);
              }
            });
  }

  // What a listener throws, Netty only logs.
  private void doOrFail(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error failed) {
      delivery.failed(failed);
    }
  }

  /** Tells it the end. An output that is ended drops what it has not sent. */
  void endOutput() {
    var _ = channel.shutdownOutput();
  }

  /** Closes it; both sides have ended. */
  void close() {
    var _ = channel.close();
  }

  /** Closes it with a reset, as the kernel does where it is not to linger. */
  void reset() {
    LingeringClose.reset(channel);
  }

  /**
   * Closes it behind all that was sent; it may take a while to read that.
   *
   * @param ended whether it has ended its side already
   * @param leftBehind told 1 when that begins, and -1 when it is closed
   */
  void closeInOrder(boolean ended, IntConsumer leftBehind) {
    try {
      channel.closeFuture().addListener(closed -> leftBehind.accept(-1));
      leftBehind.accept(1);
      beginToClose(ended);
    } catch (OutOfMemoryError tight) {
      // Nobody else would close it, and an end would say that this was all.
      reset();
    }
  }

  private void beginToClose(boolean ended) {
    channel.config().setAutoRead(true);
    ChannelFuture last = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (ended) {
      last.addListener(ChannelFutureListener.CLOSE);
      LingeringClose.cutAfter(channel, limits.errorLinger());
    } else {
      LingeringClose.after(last, limits.errorLinger());
    }
  }
}
