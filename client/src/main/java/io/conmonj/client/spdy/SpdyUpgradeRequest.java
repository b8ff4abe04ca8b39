package io.conmonj.client.spdy;

import io.conmonj.client.connection.OrderlyClose;
import io.conmonj.client.connection.StreamingUrl;
import io.conmonj.client.connection.Upgrade;
import io.conmonj.streaming.wire.UpgradeHeaders;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;

/** The upgrade to SPDY, as Kubernetes' own client asks for it. */
final class SpdyUpgradeRequest implements Upgrade<SpdyClientConnection> {
  private final List<String> protocols;
  private final SpdyListener listener;

  SpdyUpgradeRequest(List<String> protocols, SpdyListener listener) {
    this.protocols = protocols;
    this.listener = listener;
  }

  @Override
  public void request(ChannelHandlerContext ctx, StreamingUrl url) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, url.target(), Unpooled.EMPTY_BUFFER);
    request
        .headers()
        .set(HttpHeaderNames.HOST, url.authority())
        .set(HttpHeaderNames.CONNECTION, "Upgrade")
        .set(HttpHeaderNames.UPGRADE, UpgradeHeaders.SPDY_3_1)
        .set(UpgradeHeaders.PROTOCOL_VERSION, protocols)
        .set(HttpHeaderNames.CONTENT_LENGTH, 0);
    ChannelFuture _ = ctx.writeAndFlush(request, ctx.voidPromise());
  }

  @Override
  public SpdyClientConnection accepted(ChannelHandlerContext ctx, FullHttpResponse answer)
      throws IOException {
    String protocol = protocolOf(answer);
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(HttpObjectAggregator.class);
    SpdyClientConnection connection =
        SpdyClientConnection.addTo(
            pipeline,
            protocol,
            listener,
            spdy ->
                new Carrier() {
                  @Override
                  public void close(ChannelFuture lastWrite) {
                    OrderlyClose.after(spdy, lastWrite);
                  }

                  @Override
                  public void cut() {
                    ChannelFuture _ = spdy.close();
                  }
                });
    pipeline.remove(ctx.handler());
    HttpClientCodec http = pipeline.get(HttpClientCodec.class);
    http.removeOutboundHandler();
    // Not now, as it is passing the answer on. When it goes, it passes on what it read beyond that.
    ctx.executor().execute(() -> pipeline.remove(http));
    connection.begin();
    return connection;
  }

  private String protocolOf(FullHttpResponse answer) throws IOException {
    if (!answer.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        || !answer
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, UpgradeHeaders.SPDY_3_1, true)) {
      throw new IOException(
          "the server changed to another protocol than " + UpgradeHeaders.SPDY_3_1);
    }
    String protocol = answer.headers().get(UpgradeHeaders.PROTOCOL_VERSION);
    // The first servers knew one protocol, and did not name it.
    String chosen = protocol == null ? protocols.getLast() : protocol;
    if (!protocols.contains(chosen)) {
      throw new IOException("the server chose " + chosen + ", which was not offered");
    }
    return chosen;
  }
}
