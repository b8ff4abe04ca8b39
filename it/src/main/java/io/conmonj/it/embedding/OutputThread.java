package io.conmonj.it.embedding;

import io.conmonj.streaming.OutboundStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Copies a process's output to the client on a thread that blocks, at the client's pace. */
final class OutputThread implements Runnable {
  private static final int CHUNK = 32 * 1024;

  private final EventLoop loop;
  private final InputStream from;
  private final Optional<OutboundStream> to;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  private OutputThread(EventLoop loop, InputStream from, Optional<OutboundStream> to) {
    this.loop = loop;
    this.from = from;
    this.to = to;
  }

  /** Completes on the loop thread, after the last byte was given to the client's stream. */
  static CompletableFuture<Void> start(
      EventLoop loop, InputStream from, Optional<OutboundStream> to) {
    OutputThread pump = new OutputThread(loop, from, to);
    Thread.ofPlatform().daemon().name("output").start(pump);
    return pump.drained;
  }

  @Override
  public void run() {
    try (from) {
      byte[] chunk = new byte[CHUNK];
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        if (to.isPresent()) {
          ByteBuf bytes = Unpooled.buffer(OutboundStream.HEADROOM + count);
          bytes.setIndex(OutboundStream.HEADROOM, OutboundStream.HEADROOM);
          send(bytes.writeBytes(chunk, 0, count), to.get()).join();
        }
      }
      loop.execute(() -> drained.complete(null));
    } catch (IOException e) {
      loop.execute(() -> drained.completeExceptionally(e));
    }
  }

  /** Completes when the client's stream takes more. */
  private CompletableFuture<Void> send(ByteBuf bytes, OutboundStream stream) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    loop.execute(
        () -> {
          stream.write(bytes);
          if (stream.isWritable()) {
            ready.complete(null);
          } else {
            stream.onWritable(() -> ready.complete(null));
          }
        });
    return ready;
  }
}
