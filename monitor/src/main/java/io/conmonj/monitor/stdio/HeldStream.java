package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.loop.EventLoop;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A stream that is read from the start but whose bytes are kept until it is clear whose they are:
 * an OCI runtime writes its error messages to the very pipe that becomes the process's standard
 * error. If the runtime fails they are its message, otherwise the process's output. Loop thread
 * only.
 */
public final class HeldStream implements AutoCloseable {
  /** Bytes that are kept. Beyond it the stream is not read, or the oldest are dropped. */
  private static final int MAX_HELD = 256 * 1024;

  private final PipeReader reader;
  private final Keeper keeper;

  private HeldStream(PipeReader reader, Keeper keeper) {
    this.reader = reader;
    this.keeper = keeper;
  }

  /**
   * Takes over a descriptor and begins to read it. When much is kept, it is not read until it is
   * clear whose the bytes are: none is lost.
   *
   * @throws IOException when it cannot be read without waiting; it is closed then
   */
  public static HeldStream open(EventLoop loop, Fd fd, ReadBuffer buffer) throws IOException {
    return open(loop, fd, buffer, new Keeper(false));
  }

  /**
   * The same where what comes before the end of the runtime can only be its messages: it is always
   * read, so that a talkative runtime is not held up, and the latest bytes are kept.
   *
   * @throws IOException when it cannot be read without waiting; it is closed then
   */
  public static HeldStream openForMessages(EventLoop loop, Fd fd, ReadBuffer buffer)
      throws IOException {
    return open(loop, fd, buffer, new Keeper(true));
  }

  private static HeldStream open(EventLoop loop, Fd fd, ReadBuffer buffer, Keeper keeper)
      throws IOException {
    PipeReader reader = PipeReader.open(loop, fd, buffer, keeper);
    keeper.reader = reader;
    reader.resume();
    return new HeldStream(reader, keeper);
  }

  /** What reads the stream; owned by this object. */
  public PipeReader reader() {
    return reader;
  }

  /** Gives what was kept to the one it belongs to, and whatever comes from now on. */
  public void release(BytesListener owner) {
    keeper.owner = Optional.of(owner);
    keeper.passOn(owner);
    keeper.end.ifPresent(owner::onEnd);
  }

  /**
   * The latest of what was kept, as text.
   *
   * @param maxBytes how much of it
   */
  public String text(int maxBytes) {
    StringBuilder text = new StringBuilder();
    int surplus = Math.max(0, keeper.held - maxBytes);
    for (ByteBuf chunk : keeper.chunks) {
      int skip = Math.min(surplus, chunk.readableBytes());
      surplus -= skip;
      int length = chunk.readableBytes() - skip;
      text.append(chunk.toString(chunk.readerIndex() + skip, length, StandardCharsets.UTF_8));
    }
    return text.toString().strip();
  }

  /** Ends the stream, and drops what was kept. */
  @Override
  public void close() {
    reader.close();
    while (!keeper.chunks.isEmpty()) {
      keeper.chunks.remove().release();
    }
  }

  private static final class Keeper implements BytesListener {
    private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
    private final boolean latestOnly;
    private Optional<StreamEnd> end = Optional.empty();
    private Optional<BytesListener> owner = Optional.empty();
    private int held;
    private PipeReader reader;

    Keeper(boolean latestOnly) {
      this.latestOnly = latestOnly;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
      if (owner.isPresent()) {
        owner.get().onBytes(bytes);
        passOn(owner.get());
        return;
      }
      try {
        chunks.add(bytes);
      } catch (OutOfMemoryError tight) {
        reader.takeBack(bytes);
        return;
      }
      held += bytes.readableBytes();
      if (held >= MAX_HELD) {
        makeRoom();
      }
    }

    private void makeRoom() {
      if (!latestOnly) {
        reader.pause();
        return;
      }
      while (held >= MAX_HELD) {
        ByteBuf oldest = chunks.remove();
        held -= oldest.readableBytes();
        oldest.release();
      }
    }

    /** Stops where the owner has no memory: the reader begins again with what it was given. */
    void passOn(BytesListener to) {
      while (!chunks.isEmpty() && !reader.hasTakenBack()) {
        to.onBytes(chunks.remove());
      }
    }

    @Override
    public void onEnd(StreamEnd reason) {
      if (owner.isPresent()) {
        owner.get().onEnd(reason);
      } else {
        end = Optional.of(reason);
      }
    }
  }
}
