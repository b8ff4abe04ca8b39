package io.conmonj.client.connection;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * Opens connections to streaming URLs. Their bytes are read only when asked for ({@link
 * ChannelOption#AUTO_READ} is off). Safe for use by any thread.
 */
public final class UpgradeConnector {
  /** How long a TCP connection may take, in milliseconds. */
  private static final int CONNECT_MILLIS = 10_000;

  /** The largest body of a refusal that is read, in bytes. */
  private static final int MAX_REFUSAL = 64 << 10;

  /** Bytes that wait to be sent: full above the second, writable again below the first. */
  private static final WriteBufferWaterMark SEND_QUEUE =
      new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final ClientLoop loop;
  private final ClientTls tls;

  /**
   * Makes a connector.
   *
   * @param loop the loop that carries the connections
   * @param tls for URLs that want it
   */
  public UpgradeConnector(ClientLoop loop, ClientTls tls) {
    this.loop = loop;
    this.tls = tls;
  }

  /**
   * Opens a connection.
   *
   * @param <C> an open connection of the protocol
   * @param url what to open
   * @param upgrade the protocol
   * @return the open connection, completed on the loop; fails with an {@link
   *     UpgradeRefusedException} when the server answers something else than an upgrade, and with
   *     another {@link IOException} when there is no connection
   */
  public <C> CompletableFuture<C> connect(URI url, Upgrade<C> upgrade) {
    CompletableFuture<C> opened = new CompletableFuture<>();
    try {
      StreamingUrl parsed = StreamingUrl.of(url);
      ChannelFuture _ =
          bootstrap(parsed, upgrade, opened)
              .connect(parsed.host(), parsed.port())
              .addListener(
                  connected -> {
                    if (!connected.isSuccess()) {
                      Throwable cause = connected.cause();
                      opened.completeExceptionally(
                          new IOException("open " + parsed + ": " + cause.getMessage(), cause));
                    }
                  });
    } catch (IOException e) {
      opened.completeExceptionally(e);
    }
    return opened;
  }

  private <C> Bootstrap bootstrap(StreamingUrl url, Upgrade<C> upgrade, CompletableFuture<C> opened)
      throws IOException {
    TlsClient secured = url.tls() ? TlsClient.of(tls) : null;
    return new Bootstrap()
        .group(loop.eventLoop())
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
        // Bytes are read when the listener asks for them: so a slow sink slows the server.
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (secured != null) {
                  channel.pipeline().addLast(secured.newHandler(channel.alloc(), url));
                }
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_REFUSAL))
                    .addLast(new UpgradeHandler<>(url, upgrade, opened));
              }
            });
  }
}
