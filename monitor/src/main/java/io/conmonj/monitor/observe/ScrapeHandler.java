package io.conmonj.monitor.observe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only request of a connection, from its first byte to the end of its answer. One instance
 * serves one channel.
 */
final class ScrapeHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeHandler.class);

  /** How long a connection may be there in all: as long as Prometheus waits for an answer. */
  private static final int SECONDS = 10;

  /** Bytes of a request line and its headers; those of Prometheus have some hundred. */
  private static final int MOST_HEAD = 8 * 1024;

  private static final int HEAD_TOO_LARGE = 431;

  private final MetricsSource source;
  private final StringBuilder head = new StringBuilder();
  private Future<?> deadline;
  private boolean answered;

  ScrapeHandler(MetricsSource source) {
    this.source = source;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    Runnable close =
        () -> {
          var _ = ctx.close();
        };
    deadline = ctx.executor().schedule(close, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (answered) {
        return;
      }
      int room = MOST_HEAD + 1 - head.length();
      head.append(
          bytes.readCharSequence(
              Math.min(room, bytes.readableBytes()), StandardCharsets.ISO_8859_1));
    } finally {
      bytes.release();
    }
    if (isWhole()) {
      answer(ctx, ScrapeRequest.parse(head.toString()));
    } else if (head.length() > MOST_HEAD) {
      refuse(ctx, HEAD_TOO_LARGE);
    }
  }

  /** An empty line ends it; what follows that is no part of the head and is not looked at. */
  private boolean isWhole() {
    int end = head.indexOf("\r\n\r\n");
    int bareEnd = head.indexOf("\n\n");
    if (end < 0 && bareEnd < 0) {
      return false;
    }
    head.setLength(end < 0 || (bareEnd >= 0 && bareEnd < end) ? bareEnd : end);
    return true;
  }

  private void answer(ChannelHandlerContext ctx, ScrapeRequest request) {
    if (request.status() != ScrapeRequest.OK) {
      refuse(ctx, request.status());
      return;
    }
    MetricsText text = new MetricsText(request.format());
    source.write(text);
    send(ctx, "200 OK", request.format().contentType(), text.finish(), request.head());
  }

  private void refuse(ChannelHandlerContext ctx, int status) {
    String line =
        switch (status) {
          case ScrapeRequest.NOT_FOUND -> "404 Not Found";
          case ScrapeRequest.METHOD_NOT_ALLOWED -> "405 Method Not Allowed\r\nAllow: GET, HEAD";
          case HEAD_TOO_LARGE -> "431 Request Header Fields Too Large";
          default -> "400 Bad Request";
        };
    String words = line.indexOf('\r') < 0 ? line : line.substring(0, line.indexOf('\r'));
    send(ctx, line, "text/plain; charset=utf-8", words + ": metrics are at /metrics\n", false);
  }

  private void send(
      ChannelHandlerContext ctx, String status, String type, String body, boolean headOnly) {
    answered = true;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String fields =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    ByteBuf answer = ByteBufUtil.writeAscii(ctx.alloc(), fields);
    var _ = ctx.write(answer);
    ctx.writeAndFlush(headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.cancel(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Error || cause instanceof RuntimeException) {
      LOG.error("metrics not told", cause);
    }
    var _ = ctx.close();
  }
}
