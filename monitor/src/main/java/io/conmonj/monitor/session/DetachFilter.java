package io.conmonj.monitor.session;

import io.conmonj.streaming.DetachKeys;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Looks for the keys that detach a client in what it types, however that is cut into pieces, and
 * passes on all the rest. What may be the beginning of them waits for the next key. Loop thread
 * only.
 */
final class DetachFilter implements InboundStream.Receiver {
  private final InboundStream.Receiver next;
  private final DetachKeys keys;
  private final Runnable onDetach;

  /** How many of the keys have been typed; they are all that is kept back. */
  private int matched;

  private DetachFilter(InboundStream.Receiver next, Typed typed, Runnable onDetach) {
    this.next = next;
    this.keys = typed.keys.orElseThrow();
    this.matched = typed.matched;
    this.onDetach = onDetach;
    typed.filter = this;
  }

  /**
   * Puts a filter before a receiver if there are keys to look for.
   *
   * @param onDetach called once; nothing is passed on any more, not even the end
   */
  static InboundStream.Receiver before(
      InboundStream.Receiver next, Typed typed, Runnable onDetach) {
    return typed.keys.isPresent() ? new DetachFilter(next, typed, onDetach) : next;
  }

  /** The keys that a client detaches with, and how many of them it has typed. */
  static final class Typed {
    private final Optional<DetachKeys> keys;
    private final int matched;

    /** Null while nothing is typed yet. */
    private DetachFilter filter;

    /** None of them. */
    Typed(Optional<DetachKeys> keys) {
      this(keys, 0);
    }

    private Typed(Optional<DetachKeys> keys, int matched) {
      this.keys = keys;
      this.matched = matched;
    }

    /** Writes them down. */
    void freeze(StateWriter out) {
      out.optionalText(keys.map(DetachKeys::toString));
      out.number(filter == null ? matched : filter.matched);
    }

    /** Reads what {@link #freeze} has written. */
    static Typed thaw(StateReader in) throws UnreadableStateException {
      try {
        return new Typed(in.optionalText().map(DetachKeys::parse), in.number());
      } catch (IllegalArgumentException senseless) {
        throw new UnreadableStateException("detach keys: " + senseless.getMessage());
      }
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    if (detached()) {
      bytes.release();
      return;
    }
    int kept = matched;
    int last = bytes.forEachByte(this::goesOnAfter);
    int looked = last < 0 ? bytes.readableBytes() : last + 1 - bytes.readerIndex();
    passOn(kept, bytes, kept + looked - matched);
    if (detached()) {
      onDetach.run();
    }
  }

  @Override
  public void end() {
    if (detached()) {
      return;
    }
    int kept = matched;
    matched = 0;
    passOn(kept, Unpooled.EMPTY_BUFFER, kept);
    next.end();
  }

  private boolean detached() {
    return matched == keys.length();
  }

  private boolean goesOnAfter(byte typed) {
    matched = keys.matched(matched, typed);
    return !detached();
  }

  /** Passes on the first {@code count} of the bytes that were kept back and those that came. */
  private void passOn(int kept, ByteBuf bytes, int count) {
    if (count == 0) {
      bytes.release();
    } else if (kept == 0) {
      next.data(bytes.writerIndex(bytes.readerIndex() + count));
    } else {
      ByteBuf whole = Unpooled.directBuffer(count, count);
      keys.write(whole, Math.min(kept, count));
      whole.writeBytes(bytes, whole.writableBytes());
      bytes.release();
      next.data(whole);
    }
  }
}
