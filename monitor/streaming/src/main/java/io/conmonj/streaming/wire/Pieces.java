package io.conmonj.streaming.wire;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts the pieces in which a client's message or frame comes together again, so that it is handed
 * on in one: where several clients type into the same container, what one types is not split by
 * another's, and a process is not woken for each piece. What is too long for that, or for which
 * there is no memory, is handed on in as few parts as may be. Nobody else waits for a client that
 * stops in the middle of one. Event loop thread only.
 */
public final class Pieces {
  /**
   * Bytes up to which what a person types is kept together: more than clients send in one, 32 KiB.
   */
  public static final int MOST_TYPED = 64 * 1024;

  /** Room for a second piece when it comes, so that further ones need not copy the first again. */
  private static final int FIRST_CAPACITY = 4 * 1024;

  private final int most;
  private ByteBuf kept = Unpooled.EMPTY_BUFFER;

  /** Whether what is kept was made here, so that there is room behind it. */
  private boolean own;

  /**
   * @param most what is kept together, in bytes
   */
  public Pieces(int most) {
    this.most = most;
  }

  /** How many bytes more are kept together. */
  int room() {
    return most - kept.readableBytes();
  }

  /** What is kept; stays here. */
  ByteBuf kept() {
    return kept;
  }

  /**
   * Takes the next piece.
   *
   * @param piece owned by this method
   * @param memory on which what is kept counts
   * @return what is to be handed on now, owned by the caller; may be empty. Where there is no room
   *     for more, what is kept is to be {@linkplain #take taken} too: it would itself be why the
   *     rest is not read
   */
  public ByteBuf add(ByteBuf piece, MemoryAccount memory) {
    if (!kept.isReadable()) {
      kept = piece;
    } else {
      append(piece, memory);
    }
    return kept.readableBytes() >= most ? take() : Unpooled.EMPTY_BUFFER;
  }

  /** What is left when the message has ended; owned by the caller; may be empty. */
  public ByteBuf take() {
    ByteBuf all = kept;
    kept = Unpooled.EMPTY_BUFFER;
    own = false;
    return all;
  }

  /** Writes down what is kept. */
  public void freeze(StateWriter out) {
    out.bytes(kept);
  }

  /** Goes on where another one has been, before the first piece. */
  public void thaw(StateReader in, MemoryAccount memory) throws UnreadableStateException {
    byte[] bytes = in.bytes();
    if (bytes.length > 0) {
      kept = memory.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }
  }

  private void append(ByteBuf piece, MemoryAccount memory) {
    try {
      if (!own) {
        int length = kept.readableBytes() + piece.readableBytes();
        ByteBuf made = memory.allocator().directBuffer(Math.max(FIRST_CAPACITY, length));
        made.writeBytes(kept);
        kept.release();
        kept = made;
        own = true;
      }
      kept.writeBytes(piece);
    } finally {
      piece.release();
    }
  }
}
