package io.conmonj.monitor.rehearsal;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;

/**
 * A client of a rehearsal, which sends and counts what comes back. It looks at nothing of that:
 * what comes is at least as much as what it has sent. Loop thread only.
 */
final class RehearsedClient extends ChannelInboundHandlerAdapter {
  /**
   * So many short messages are sent each time. Twenty do for what is loaded; with more, what is
   * done most often is compiled as well, and two hundred are no better than sixty.
   */
  private static final int SHORT_MESSAGES = 60;

  private static final int SHORT_BYTES = 64;

  /** Then so many that are read and written in several pieces. */
  private static final int LONG_MESSAGES = 6;

  private static final int LONG_BYTES = 16 * 1024;

  private final Speech speech;
  private final Channel channel;
  private CompletableFuture<Void> spoken = new CompletableFuture<>();
  private int left;
  private long wanted;
  private long received;

  /**
   * @param port of this machine, at which it is served
   */
  RehearsedClient(EventLoop loop, int port, Speech speech) {
    this.speech = speech;
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(EpollSocketChannel::new)
            .handler(this)
            .connect(InetAddress.getLoopbackAddress(), port);
    channel = connecting.channel();
    var _ = connecting.addListener((ChannelFuture connected) -> connected(connected));
  }

  private void connected(ChannelFuture connected) {
    if (connected.isSuccess()) {
      send(speech.opening());
      sayMore();
    } else {
      spoken.completeExceptionally(connected.cause());
    }
  }

  /** Sends much; completes when about as much has come back. */
  CompletableFuture<Void> speak() {
    spoken = new CompletableFuture<>();
    left = SHORT_MESSAGES + LONG_MESSAGES;
    wanted = received;
    if (channel.isActive()) {
      sayMore();
    }
    return spoken;
  }

  private void sayMore() {
    while (received >= wanted && left > 0) {
      left--;
      byte[] payload = new byte[left >= LONG_MESSAGES ? SHORT_BYTES : LONG_BYTES];
      wanted += payload.length;
      send(speech.message(payload));
    }
    if (received >= wanted) {
      spoken.complete(null);
    }
  }

  private void send(byte[] bytes) {
    var _ =
        channel
            .writeAndFlush(Unpooled.wrappedBuffer(bytes))
            .addListener((ChannelFuture sent) -> sent(sent));
  }

  private void sent(ChannelFuture sent) {
    if (!sent.isSuccess()) {
      fail(sent.cause());
    }
  }

  private void fail(Throwable cause) {
    spoken.completeExceptionally(
        cause instanceof Error
            ? cause
            : new NotServedException("a session over " + speech.protocol() + " was ended"));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    ByteBuf bytes = (ByteBuf) read;
    received += bytes.readableBytes();
    bytes.release();
    sayMore();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(new ClosedChannelException());
  }

  void close() {
    var _ = channel.close();
  }
}
