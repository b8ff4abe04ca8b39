package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.ConnectionForm;
import io.conmonj.streaming.frozen.Movable;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.socket.LingeringClose;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first and only request of a connection. It is answered by an upgrade, or by an error and the
 * end of the connection: a client whose upgrade was refused may have sent more, which must never be
 * taken for another request (CVE-2018-1002105 and CVE-2020-8559 were made of that).
 */
final class RequestHandler extends ChannelInboundHandlerAdapter implements Movable {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  private final Requests requests;
  private final StreamingLimits limits;
  private final Runnable whenAccepted;

  private ChannelHandlerContext context;
  private HttpRequest request;
  private Future<?> deadline;
  private boolean answered;
  private boolean isRefused;

  /** What came behind the request in the same read; null when nothing did. */
  private ByteBuf following;

  /**
   * @param requests answers the request
   * @param limits how long the request may take to come, and an error to be read
   * @param whenAccepted called when the connection belongs to a session from now on
   */
  RequestHandler(Requests requests, StreamingLimits limits, Runnable whenAccepted) {
    this.requests = requests;
    this.limits = limits;
    this.whenAccepted = whenAccepted;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    Runnable close =
        () -> {
          requests.countRefusal(SessionRefusal.TIMEOUT);
          log.debug("close a connection: no request has come within {}", limits.headerTimeout());
          var _ = ctx.close();
        };
    deadline =
        ctx.executor().schedule(close, limits.headerTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (answered) {
      afterAnswer(message);
      return;
    }
    try {
      if (message instanceof HttpRequest head) {
        request = head;
        if (head.decoderResult().isFailure()) {
          requests.countRefusal(SessionRefusal.BAD_REQUEST);
          refuse(ctx, malformed(head.decoderResult().cause()));
        } else if (Requests.hasBody(head)) {
          answer(ctx);
        }
      } else if (message instanceof LastHttpContent) {
        answer(ctx);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    answered();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("close a connection before its upgrade: {}", cause.toString());
    var _ = ctx.close();
  }

  private void answer(ChannelHandlerContext ctx) {
    switch (requests.answer(request, ctx.channel().remoteAddress())) {
      case UpgradeAnswer.Accepted accepted -> accept(ctx, accepted);
      case UpgradeAnswer.Refused refused -> refuse(ctx, refused);
    }
  }

  /** The next handler must see nothing of HTTP, and every byte that followed it. */
  private void accept(ChannelHandlerContext ctx, UpgradeAnswer.Accepted accepted) {
    answered();
    whenAccepted.run();
    // The encoder does not throw when it has no memory, it fails the write: without a close the
    // client would wait for its answer for ever, since no deadline runs any more.
    ctx.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                Unpooled.EMPTY_BUFFER,
                accepted.headers(),
                EmptyHttpHeaders.INSTANCE))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    if (!ctx.channel().isOpen()) {
      return;
    }
    ctx.pipeline().remove(HeadMemory.class);
    ctx.pipeline().remove(HttpServerCodec.class);
    ctx.pipeline().addLast(accepted.handler());
    if (following != null) {
      ctx.fireChannelRead(following);
      following = null;
    }
    ctx.pipeline().remove(this);
  }

  private void refuse(ChannelHandlerContext ctx, UpgradeAnswer.Refused refused) {
    answered();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            refused.status(),
            ByteBufUtil.writeUtf8(ctx.alloc(), refused.body()),
            refused.headers(),
            EmptyHttpHeaders.INSTANCE);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set("X-Content-Type-Options", "nosniff")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    LingeringClose.after(ctx.writeAndFlush(response), limits.errorLinger());
    isRefused = true;
    ctx.pipeline().remove(HttpServerCodec.class);
  }

  private void answered() {
    if (!answered) {
      answered = true;
      deadline.cancel(false);
    }
  }

  /** What follows a request that is upgraded is for the protocol; after a refusal it is dropped. */
  private void afterAnswer(Object message) {
    if (message instanceof ByteBuf bytes && !isRefused) {
      following = bytes;
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public ConnectionForm form() {
    return answered ? ConnectionForm.LINGERING : ConnectionForm.REQUEST;
  }

  @Override
  public long sessionId() {
    return 0;
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    if (!answered) {
      context.pipeline().get(HeadMemory.class).freeze(out);
    }
  }

  @Override
  public void letGo() {
    answered();
  }

  private static UpgradeAnswer.Refused malformed(Throwable cause) {
    HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
    if (cause instanceof TooLongHttpLineException) {
      status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
    } else if (cause instanceof TooLongHttpHeaderException) {
      status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
    }
    return new UpgradeAnswer.Refused(
        status, new DefaultHttpHeaders(), status.reasonPhrase() + "\n");
  }
}
