package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/**
 * The input of a session on its way to the backend. What the backend does not take at once is kept;
 * when that reaches the bound its source is asked to stop reading, and when half of it has been
 * taken, to go on. While there is memory in plenty the bound is a higher one: what stands behind
 * the input, such as a ping that wants its own answer, or that the client leaves, is seen so much
 * sooner.
 */
final class StdinQueue implements InboundStream {
  /** What a chunk counts beside its bytes: the objects that hold it, which lie in the Java heap. */
  private static final int CHUNK_OVERHEAD = 256;

  /**
   * Pieces that are shorter, in bytes, are kept together in blocks of this length. As buffers of
   * their own, single bytes of many clients would fill the Java heap with objects that no account
   * counts.
   */
  private static final int BLOCK = 2048;

  /** How many times the bound may be kept while there is memory in plenty. */
  private static final int IN_PLENTY = 4;

  /** Where the input comes from. */
  interface Source {
    /** Whether input is wanted. */
    void setReading(boolean wanted);
  }

  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();
  private final int bound;
  private final BooleanSupplier plenty;
  private final Source source;

  /** The last of the chunks, if it is a block to which more may be added; else null. */
  private ByteBuf block;

  private Receiver receiver;
  private boolean paused;
  private boolean delivering;
  private boolean ended;
  private boolean endDelivered;
  private boolean discarding;
  private boolean holdingBack;
  private int kept;
  private long delivered;

  /** Null while nobody waits for it. */
  private Runnable whenTaken;

  /**
   * @param bound what is kept before the client is held back, in bytes
   * @param plenty whether there is so much memory that more may be kept
   * @param source where the input comes from
   */
  StdinQueue(int bound, BooleanSupplier plenty, Source source) {
    this.bound = bound;
    this.plenty = plenty;
    this.source = source;
  }

  /** Takes bytes from the client; those after the end are dropped. */
  void add(ByteBuf bytes) {
    if (ended || discarding || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    if (chunks.isEmpty()) {
      keep(bytes);
      deliver();
      if (!chunks.isEmpty()) {
        chunks.add(HeldBytes.compact(chunks.removeLast()));
      }
    } else if (bytes.readableBytes() < BLOCK) {
      append(bytes);
    } else {
      keep(HeldBytes.compact(bytes));
    }
    holdBackIfFull();
  }

  /** Writes down what is kept for the backend, and what it has been told. */
  void freeze(StateWriter out) {
    out.flag(ended).flag(endDelivered).flag(discarding).bigNumber(delivered).number(chunks.size());
    chunks.forEach(out::bytes);
    if (!chunks.isEmpty()) {
      out.dueNow();
    }
  }

  /**
   * Goes on where another one has been, before anything else: its backend has to become the
   * receiver again, and is told nothing twice.
   */
  void thaw(StateReader in, ByteBufAllocator buffers) throws UnreadableStateException {
    ended = in.flag();
    endDelivered = in.flag();
    discarding = in.flag();
    delivered = in.bigNumber();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      byte[] bytes = in.bytes();
      keep(buffers.directBuffer(bytes.length).writeBytes(bytes));
    }
    holdBackIfFull();
  }

  private void holdBackIfFull() {
    if (!holdingBack && kept >= boundNow()) {
      holdingBack = true;
      source.setReading(false);
    }
  }

  private void keep(ByteBuf chunk) {
    chunks.add(chunk);
    kept += cost(chunk);
    block = null;
  }

  private void append(ByteBuf piece) {
    try {
      if (block == null || block.writableBytes() < piece.readableBytes()) {
        ByteBuf made = piece.alloc().directBuffer(BLOCK, BLOCK);
        keep(made);
        block = made;
      }
      kept += piece.readableBytes();
      block.writeBytes(piece);
    } finally {
      piece.release();
    }
  }

  private int boundNow() {
    return plenty.getAsBoolean() ? IN_PLENTY * bound : bound;
  }

  /** Whether the backend has taken all that has come, and would take more. */
  boolean isTaken() {
    return discarding || (chunks.isEmpty() && !paused);
  }

  /** How many bytes the backend has been given so far. */
  long delivered() {
    return delivered;
  }

  /** Has somebody told once, when the backend has taken all that has come; null for nobody. */
  void whenTaken(Runnable action) {
    whenTaken = action;
  }

  /** No more comes from the client. */
  void end() {
    ended = true;
    deliver();
  }

  @Override
  public void receive(Receiver receiver) {
    if (this.receiver != null) {
      throw new IllegalStateException("stdin has a receiver already");
    }
    this.receiver = receiver;
    deliver();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    deliver();
  }

  @Override
  public void discard() {
    discarding = true;
    kept = 0;
    block = null;
    for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      chunk.release();
    }
    readAgainIfLow();
  }

  /**
   * Gives the receiver what is there, until it pauses. It may pause, resume or discard from within
   * its calls; they come back here, and do nothing, so that it is never called within its own call.
   */
  private void deliver() {
    if (receiver == null || delivering || discarding) {
      return;
    }
    delivering = true;
    try {
      while (!paused && !chunks.isEmpty()) {
        ByteBuf chunk = chunks.poll();
        if (chunks.isEmpty()) {
          block = null;
        }
        kept -= cost(chunk);
        delivered += chunk.readableBytes();
        receiver.data(chunk);
      }
      if (ended && !paused && !discarding && !endDelivered) {
        endDelivered = true;
        receiver.end();
      }
    } finally {
      delivering = false;
    }
    readAgainIfLow();
    if (whenTaken != null && isTaken()) {
      Runnable action = whenTaken;
      whenTaken = null;
      action.run();
    }
  }

  private void readAgainIfLow() {
    if (holdingBack && kept <= boundNow() / 2) {
      holdingBack = false;
      source.setReading(true);
    }
  }

  private static int cost(ByteBuf chunk) {
    return chunk.readableBytes() + CHUNK_OVERHEAD;
  }
}
