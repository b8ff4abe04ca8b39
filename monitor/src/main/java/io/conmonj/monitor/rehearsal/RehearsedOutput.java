package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Output in a rehearsal: what is written to a pipe, and read there as that of containers is. Loop
 * thread only.
 */
final class RehearsedOutput implements BytesListener, AutoCloseable {
  /** More than is read, in bytes. */
  private static final long MEMORY = 1024 * 1024;

  private static final byte[] LINE = {'l', 'i', 'n', 'e', '\n'};

  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private final ReadBuffer buffer;
  private final PipeReader reader;

  /**
   * Writes it.
   *
   * @throws IOException when the kernel has no pipe for it
   */
  RehearsedOutput(EventLoop loop) throws IOException {
    Pipe pipe = Pipe.open();
    try (Fd end = pipe.writeEnd()) {
      buffer = new ReadBuffer(MemoryAccount.open("rehearsal", MEMORY, loop));
      reader = PipeReader.open(loop, pipe.readEnd(), buffer, this);
      Io.write(end, LINE);
    }
    reader.resume();
  }

  /** Completes when it has been read; fails with a {@link NotServedException} if it cannot be. */
  CompletableFuture<Void> read() {
    return read;
  }

  @Override
  public void onBytes(ByteBuf bytes) {
    bytes.release();
    read.complete(null);
  }

  @Override
  public void onEnd(StreamEnd end) {
    String why = end instanceof StreamEnd.Failed failed ? ": " + failed.cause().getMessage() : "";
    read.completeExceptionally(
        new NotServedException("what a container writes could not be read" + why));
  }

  @Override
  public void close() {
    reader.close();
    buffer.close();
  }
}
