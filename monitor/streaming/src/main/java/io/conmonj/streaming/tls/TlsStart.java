package io.conmonj.streaming.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in the place of a new connection's TLS while files are looked at for it elsewhere: they
 * may be where looking takes long. What comes meanwhile is kept, as the first bytes of the
 * handshake.
 */
final class TlsStart extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(TlsStart.class);

  private final ServerTls tls;
  private final Executor handshakes;
  private final Queue<Object> early = new ArrayDeque<>(1);

  /**
   * @param tls whose files are looked at
   * @param handshakes looks at them, and computes the handshake then
   */
  TlsStart(ServerTls tls, Executor handshakes) {
    this.tls = tls;
    this.handshakes = handshakes;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    try {
      handshakes.execute(new Look(ctx));
    } catch (RejectedExecutionException full) {
      close(ctx);
    }
  }

  private static void close(ChannelHandlerContext ctx) {
    log.debug("close a connection: too many wait for their handshake");
    var _ = ctx.close();
  }

  private final class Look implements Displaceable {
    private final ChannelHandlerContext ctx;

    Look(ChannelHandlerContext ctx) {
      this.ctx = ctx;
    }

    @Override
    public void run() {
      look(ctx);
    }

    @Override
    public void displaced() {
      close(ctx);
    }
  }

  /** On another thread. */
  private void look(ChannelHandlerContext ctx) {
    if (!ctx.channel().isOpen()) {
      return;
    }
    try {
      SSLEngine engine = tls.newEngine();
      ctx.executor().execute(() -> begin(ctx, engine));
    } catch (RuntimeException | Error failed) {
      log.error("close a connection after an unexpected failure", failed);
      var _ = ctx.channel().close();
    }
  }

  private void begin(ChannelHandlerContext ctx, SSLEngine engine) {
    if (ctx.isRemoved()) {
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addAfter(ctx.name(), null, new TlsHandler(engine, new HandshakeTasks(handshakes)));
    if (!early.isEmpty()) {
      for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
        ctx.fireChannelRead(bytes);
      }
      ctx.fireChannelReadComplete();
    }
    pipeline.remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    early.add(bytes);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
      ReferenceCountUtil.release(bytes);
    }
  }
}
