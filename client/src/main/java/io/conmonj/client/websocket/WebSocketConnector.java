package io.conmonj.client.websocket;

import io.conmonj.client.ClientLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens WebSockets to {@code http:} and {@code ws:} URLs. Safe for use by any thread. */
public final class WebSocketConnector {
  /** How long a TCP connection may take, in milliseconds. */
  private static final int CONNECT_MILLIS = 10_000;

  /**
   * The largest frame accepted, in bytes: the limit of golang.org/x/net/websocket, on which the
   * servers of Kubernetes are built.
   */
  private static final int MAX_FRAME = 32 << 20;

  /** The largest body of a refusal that is read, in bytes. */
  private static final int MAX_REFUSAL = 64 << 10;

  /** Bytes that wait to be sent: full above the second, writable again below the first. */
  private static final WriteBufferWaterMark SEND_QUEUE =
      new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final ClientLoop loop;

  /**
   * Makes a connector.
   *
   * @param loop the loop that carries the connections
   */
  public WebSocketConnector(ClientLoop loop) {
    this.loop = loop;
  }

  /**
   * Opens a connection.
   *
   * @param url what to open, {@code http:} or {@code ws:}
   * @param subprotocols those offered, the best first; the server must choose one
   * @param listener who is told what happens
   * @return the open connection, completed on the loop just before {@link
   *     WebSocketListener#opened}; fails with an {@link UpgradeRefusedException} when the server
   *     answers something else, and with another {@link IOException} when there is no connection
   */
  public CompletableFuture<WebSocketConnection> connect(
      URI url, List<String> subprotocols, WebSocketListener listener) {
    CompletableFuture<WebSocketConnection> opened = new CompletableFuture<>();
    String shown = withoutToken(url);
    try {
      int port = url.getPort() < 0 ? 80 : url.getPort();
      String host = hostOf(url);
      ChannelFuture _ =
          bootstrap(webSocketUrl(url), shown, subprotocols, listener, opened)
              .connect(host, port)
              .addListener(
                  connected -> {
                    if (!connected.isSuccess()) {
                      Throwable cause = connected.cause();
                      opened.completeExceptionally(
                          new IOException("open " + shown + ": " + cause.getMessage(), cause));
                    }
                  });
    } catch (IOException e) {
      opened.completeExceptionally(e);
    }
    return opened;
  }

  private Bootstrap bootstrap(
      URI url,
      String shown,
      List<String> subprotocols,
      WebSocketListener listener,
      CompletableFuture<WebSocketConnection> opened) {
    WebSocketClientHandshaker handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            url,
            WebSocketVersion.V13,
            String.join(",", subprotocols),
            false,
            new DefaultHttpHeaders(),
            MAX_FRAME);
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
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_REFUSAL))
                    .addLast(new UpgradeHandler(handshaker, shown, listener, opened));
              }
            });
  }

  private static String hostOf(URI url) throws IOException {
    if (url.getHost() == null) {
      throw new IOException("open " + withoutToken(url) + ": the URL names no host");
    }
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static URI webSocketUrl(URI url) throws IOException {
    return switch (String.valueOf(url.getScheme())) {
      case "ws" -> url;
      case "http" -> {
        try {
          yield new URI(
              "ws", null, url.getHost(), url.getPort(), url.getPath(), url.getQuery(), null);
        } catch (URISyntaxException e) {
          throw new IOException("open " + withoutToken(url) + ": " + e.getMessage(), e);
        }
      }
      default ->
          throw new IOException(
              "open " + withoutToken(url) + ": only http: and ws: URLs can be opened");
    };
  }

  /** A URL for messages: the last path segment is a secret as long as it has not been used. */
  private static String withoutToken(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String kind = path.substring(0, path.lastIndexOf('/') + 1);
    return url.getScheme() + "://" + url.getAuthority() + kind + "…";
  }
}
