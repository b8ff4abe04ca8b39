package io.conmonj.it.embedding;

import io.conmonj.streaming.InboundStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Copies what the client sends to a process on a thread that blocks; while it does, the client is
 * held back.
 */
final class StdinPump implements InboundStream.Receiver {
  private final EventLoop loop;
  private final InboundStream from;
  private final LocalProcess to;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("stdin").factory());

  StdinPump(EventLoop loop, InboundStream from, LocalProcess to) {
    this.loop = loop;
    this.from = from;
    this.to = to;
  }

  @Override
  public void data(ByteBuf bytes) {
    byte[] copy = ByteBufUtil.getBytes(bytes);
    bytes.release();
    from.pause();
    writer.execute(() -> write(copy));
  }

  private void write(byte[] bytes) {
    try {
      to.stdin().write(bytes);
      to.stdin().flush();
      loop.execute(from::resume);
    } catch (IOException notRead) {
      // The process has closed its input; the session goes on.
      loop.execute(from::discard);
    }
  }

  @Override
  public void end() {
    writer.execute(
        () -> {
          try {
            to.endStdin();
          } catch (IOException ended) {
            // It has closed its input itself.
          }
        });
    writer.shutdown();
  }
}
