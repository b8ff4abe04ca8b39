package io.conmonj.streaming.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.epoll.LastingEpoll;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PeerCloseTest {
  private static final Duration EACH = Duration.ofMillis(20);
  private static final int MUCH = 16 * 1024 * 1024;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, LastingEpoll.newFactory());
  private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
  private final Socket peer = new Socket();

  @BeforeEach
  void connect() throws Exception {
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.complete(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    peer.setReceiveBufferSize(4096);
    peer.connect(listener.localAddress());
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Channel send(int bytes) throws Exception {
    Channel channel = accepted.get(60, TimeUnit.SECONDS);
    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
    return channel;
  }

  private static void await(Channel channel, Duration limit) {
    channel
        .eventLoop()
        .execute(
            () ->
                new PeerClose(
                    channel,
                    limit,
                    EACH,
                    () -> channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'!'})),
                    () -> LingeringClose.cut(channel)));
  }

  @Test
  void aPeerThatHasEverythingAndDoesNotCloseReadsTheLastWordsAndTheEnd() throws Exception {
    Channel channel = send(3);
    await(channel, Duration.ofMinutes(15));
    assertThat(peer.getInputStream().readAllBytes()).containsExactly(0, 0, 0, '!');
    assertThat(channel.closeFuture().await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPeerThatStillReadsHasAllTheTimeThereIsAndGetsAll() throws Exception {
    Channel channel = send(MUCH);
    await(channel, Duration.ofMinutes(15));
    for (int look = 0; look < 50; look++) {
      channel.eventLoop().schedule(() -> {}, EACH.toMillis(), TimeUnit.MILLISECONDS).sync();
    }
    assertThat(channel.isOpen()).isTrue();
    assertThat(peer.getInputStream().readAllBytes()).hasSize(MUCH + 1);
    assertThat(channel.closeFuture().await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPeerThatIsCutOffBeforeItHasAllSeesAResetAndNotTheEnd() throws Exception {
    Channel channel = send(MUCH);
    await(channel, Duration.ofMillis(300));
    assertThat(channel.closeFuture().await(30, TimeUnit.SECONDS)).isTrue();
    InputStream in = peer.getInputStream();
    boolean reset = false;
    try {
      in.readAllBytes();
    } catch (SocketException cut) {
      reset = true;
    }
    assertThat(reset).isTrue();
  }
}
