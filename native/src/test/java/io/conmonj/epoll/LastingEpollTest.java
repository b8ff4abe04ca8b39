package io.conmonj.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.SocketPair;
import io.conmonj.kernel.SocketType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastingEpollTest {
  @Test
  void aSocketWhosePeerHasEndedWhileItWasNotReadCanBeReadAgain() throws Exception {
    assertThat(isOpenWhenReadAgain(LastingEpoll.newFactory())).isTrue();
  }

  /** The defect that {@link LastingEpoll} is there for. */
  @Test
  void withNettyAloneThatSocketIsClosed() throws Exception {
    assertThat(isOpenWhenReadAgain(EpollIoHandler.newFactory()))
        .as("Netty is repaired: LastingEpoll can go, EpollIoHandler takes its place everywhere")
        .isFalse();
  }

  @Test
  void aChannelThatTheKernelDoesNotTakeIsClosedAndWhoWaitsForItIsTold() throws Exception {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LastingEpoll.newFactory());
    try (SocketPair sockets = SocketPair.open(SocketType.STREAM)) {
      int number = sockets.one().release();
      Channel channel = new EpollDomainSocketChannel(number);
      Fd.adopt(number).close();
      // Of one that is closed epoll says EBADF, as it says ENOMEM of others at worse times.
      assertThat(loop.register(channel).await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(channel.isOpen()).isFalse();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(60, TimeUnit.SECONDS);
    }
  }

  private static boolean isOpenWhenReadAgain(IoHandlerFactory epoll) throws Exception {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, epoll);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> peerEnded = new CompletableFuture<>();
      EpollSocketChannel channel = new EpollSocketChannel();
      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      channel.config().setAutoRead(false);
      channel.pipeline().addLast(new EndOfInput(peerEnded));
      loop.register(channel).get(60, TimeUnit.SECONDS);
      channel.connect(listener.getLocalSocketAddress()).get(60, TimeUnit.SECONDS);
      try (Socket peer = listener.accept()) {
        peer.shutdownOutput();
        peerEnded.get(60, TimeUnit.SECONDS);
        channel
            .eventLoop()
            .submit(() -> channel.config().setAutoRead(true))
            .get(60, TimeUnit.SECONDS);
        return channel.isOpen();
      } finally {
        channel.close().get(60, TimeUnit.SECONDS);
      }
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(60, TimeUnit.SECONDS);
    }
  }

  private static final class EndOfInput extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Void> seen;

    EndOfInput(CompletableFuture<Void> seen) {
      this.seen = seen;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ctx.executor().execute(() -> seen.complete(null));
      }
    }
  }
}
