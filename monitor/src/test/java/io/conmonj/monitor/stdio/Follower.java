package io.conmonj.monitor.stdio;

import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** For tests: keeps what a stream gives. */
public final class Follower implements BytesListener {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();

  @Override
  public synchronized void onBytes(ByteBuf bytes) {
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    bytes.release();
    kept.writeBytes(copy);
    notifyAll();
  }

  @Override
  public void onEnd(StreamEnd reason) {
    end.complete(reason);
  }

  /** Completes with why the stream ended. */
  public CompletableFuture<StreamEnd> end() {
    return end;
  }

  /** All that has come. */
  public synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  /** All that has come. */
  public synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Waits until this is all that has come. */
  public synchronized void awaitText(String expected) throws InterruptedException {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!text().equals(expected)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("waited for <" + expected + ">, got <" + text() + ">");
      }
      wait(left);
    }
  }
}
