package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.monitor.stdio.StreamListener;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** For tests: keeps what a stream gives. */
final class Follower implements StreamListener {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public synchronized void onBytes(ByteBuf bytes) {
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    bytes.release();
    kept.writeBytes(copy);
    notifyAll();
  }

  @Override
  public void onEnd(StreamEnd end) {}

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Waits until this is all that has come. */
  synchronized void awaitText(String expected) throws InterruptedException {
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
