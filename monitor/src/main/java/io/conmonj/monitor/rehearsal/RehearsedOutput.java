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
final class RehearsedOutput implements BytesListener, MemoryWait, AutoCloseable {
  /** More than is read, in bytes. */
  private static final long MEMORY = 1024 * 1024;

  private static final byte[] LINE = {'l', 'i', 'n', 'e', '\n'};

  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private final EventLoop loop;
  private final ReadBuffer buffer;

  /** Null until it is read. */
  private PipeReader reader;

  RehearsedOutput(EventLoop loop) {
    this(loop, MemoryAccount.open("rehearsal", MEMORY, loop));
  }

  /**
   * @param memory holds what is read
   */
  RehearsedOutput(EventLoop loop, MemoryAccount memory) {
    this.loop = loop;
    this.buffer = new ReadBuffer(memory);
  }

  /**
   * Writes it, and begins to read it.
   *
   * @return completes when it has been read; fails with a {@link NotServedException} if it cannot
   *     be
   * @throws IOException when the kernel has no pipe for it
   */
  CompletableFuture<Void> pass() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      reader = PipeReader.open(loop, Fd.adopt(pipe.readEnd().release()), buffer, this);
      Io.write(pipe.writeEnd(), LINE);
    }
    reader.resume();
    return read;
  }

  @Override
  public boolean isStarved() {
    return reader != null && reader.isStarved();
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
    if (reader != null) {
      reader.close();
    }
    buffer.close();
  }
}
