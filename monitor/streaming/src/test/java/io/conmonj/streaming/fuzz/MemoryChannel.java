package io.conmonj.streaming.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * A connected socket in memory. Its peer takes what is written, or does not for a while. Nothing
 * may reach the end of its pipeline.
 */
public final class MemoryChannel extends AbstractChannel implements DuplexChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final MemoryLoop loop;
  private final Check check;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private boolean open = true;
  private boolean stalled;
  private boolean inputShutdown;
  private boolean outputShutdown;

  public MemoryChannel(MemoryLoop loop, ByteBufAllocator memory, Check check) {
    super(null);
    this.loop = loop;
    this.check = check;
    config.setAllocator(memory);
    unsafe().register(loop, newPromise());
    loop.runNow();
  }

  /** What the peer has taken so far. */
  public byte[] taken() {
    return taken.toByteArray();
  }

  boolean isStalled() {
    return stalled;
  }

  /** The peer stops taking, or takes again. */
  void setStalled(boolean stalls) {
    stalled = stalls;
    if (!stalls && open) {
      flush();
      loop.runNow();
    }
  }

  /** The peer sends bytes. */
  public void receive(byte[] bytes, int from, int length) {
    if (open && !inputShutdown) {
      // Of the allocator, so that one that is lost is missed.
      pipeline().fireChannelRead(alloc().buffer(length).writeBytes(bytes, from, length));
      pipeline().fireChannelReadComplete();
      loop.runNow();
    }
  }

  /** The peer ends its side. */
  void receiveEnd() {
    if (open && !inputShutdown) {
      inputShutdown = true;
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      loop.runNow();
    }
  }

  /** The connection is gone, by a reset or in order. */
  public void cut(boolean reset) {
    if (open && reset) {
      pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    }
    if (open) {
      var _ = close();
    }
    loop.runNow();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    while (!stalled && out.current() != null) {
      taken.writeBytes(ByteBufUtil.getBytes((ByteBuf) out.current()));
      out.remove();
    }
  }

  @Override
  protected DefaultChannelPipeline newChannelPipeline() {
    return new DefaultChannelPipeline(this) {
      @Override
      protected void onUnhandledInboundMessage(Object message) {
        ReferenceCountUtil.release(message);
        // When a channel is closed, Netty drops there what its decoders have begun.
        check.that(!open, "a message reached the end of the pipeline");
      }

      @Override
      protected void onUnhandledInboundException(Throwable cause) {
        check.that(false, "an exception reached the end of the pipeline: " + cause);
      }
    };
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  protected boolean isCompatible(EventLoop any) {
    return true;
  }

  @Override
  protected void doClose() {
    open = false;
  }

  @Override
  protected void doShutdownOutput() {
    outputShutdown = true;
  }

  @Override
  protected void doDisconnect() {
    open = false;
  }

  @Override
  protected void doBeginRead() {
    // What the peer sends comes when it is sent.
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("it is connected");
  }

  @Override
  protected SocketAddress localAddress0() {
    return null;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return null;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promise.setFailure(new UnsupportedOperationException("it is connected"));
      }
    };
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public boolean isShutdown() {
    return inputShutdown && outputShutdown;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
    return promise;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }
}
