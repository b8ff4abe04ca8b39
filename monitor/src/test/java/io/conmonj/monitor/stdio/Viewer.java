package io.conmonj.monitor.stdio;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** For tests: follows an output and keeps what it sees, with a mark before each piece of stderr. */
public final class Viewer implements OutputListener {
  private final StringBuilder seen = new StringBuilder();
  private final CompletableFuture<Long> missed = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  public synchronized void onOutput(StdStream stream, ByteBuf bytes) {
    seen.append(stream == StdStream.STDERR ? "!" : "");
    seen.append(bytes.toString(StandardCharsets.UTF_8));
    bytes.release();
  }

  @Override
  public void onEnd() {
    if (!end.complete(null)) {
      throw new AssertionError("ended twice");
    }
  }

  @Override
  public void onOverrun(long missedBytes) {
    if (!missed.complete(missedBytes)) {
      throw new AssertionError("cut off twice");
    }
  }

  /** All that was delivered so far. */
  public synchronized String seen() {
    return seen.toString();
  }

  /** Completes when it is cut off. */
  public CompletableFuture<Long> missed() {
    return missed;
  }

  /** Completes when the output has ended. */
  public CompletableFuture<Void> end() {
    return end;
  }
}
