package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads terminal sizes from a stream of JSON objects such as {@code {"Width":80,"Height":24}}, one
 * after another and cut anywhere. Keys are compared without regard to case and unknown ones are
 * skipped, as Go's decoder does; a size with a zero in it says nothing and is left out. Anything
 * else is an error, after which the rest of the stream is ignored.
 *
 * <p>An object is collected up to {@value #MAX_OBJECT} bytes, then read as a whole by {@link
 * ResizeObject}; no byte is looked at more than twice.
 */
final class ResizeParser {
  /** A size takes some thirty bytes; this leaves room for fields that future clients may add. */
  private static final int MAX_OBJECT = 1024;

  private enum State {
    BETWEEN_OBJECTS,
    IN_OBJECT,
    IN_STRING,
    AFTER_BACKSLASH,
    FAILED
  }

  private final Consumer<TerminalSize> sizes;
  private final byte[] object = new byte[MAX_OBJECT];
  private State state = State.BETWEEN_OBJECTS;
  private int length;
  private int depth;

  /**
   * @param sizes takes each valid size, in order
   */
  ResizeParser(Consumer<TerminalSize> sizes) {
    this.sizes = sizes;
  }

  /** Reads a chunk to its end; the caller keeps its ownership. */
  void parse(ByteBuf bytes) {
    while (state != State.FAILED && bytes.isReadable()) {
      accept(bytes.readByte());
    }
    bytes.skipBytes(bytes.readableBytes());
  }

  /** Whether an error has ended resizing. */
  boolean hasFailed() {
    return state == State.FAILED;
  }

  /** Writes down where it is in an object. */
  void freeze(StateWriter out) {
    out.word(state).number(depth).bytes(Arrays.copyOf(object, length));
  }

  /** Goes on where another one has been. */
  void thaw(StateReader in) throws UnreadableStateException {
    state = in.word(State.class);
    depth = in.number();
    byte[] begun = in.bytes();
    length = Math.min(begun.length, MAX_OBJECT);
    System.arraycopy(begun, 0, object, 0, length);
  }

  private void accept(byte b) {
    if (state == State.BETWEEN_OBJECTS && ResizeObject.isSpace(b)) {
      return;
    }
    if (length == MAX_OBJECT || (state == State.BETWEEN_OBJECTS && b != '{')) {
      state = State.FAILED;
      return;
    }
    object[length++] = b;
    state = next(b);
    if (depth == 0) {
      endObject();
    }
  }

  private State next(byte b) {
    return switch (state) {
      case AFTER_BACKSLASH -> State.IN_STRING;
      case IN_STRING ->
          switch (b) {
            case '"' -> State.IN_OBJECT;
            case '\\' -> State.AFTER_BACKSLASH;
            default -> State.IN_STRING;
          };
      case BETWEEN_OBJECTS, IN_OBJECT -> {
        if (b == '{') {
          depth++;
        } else if (b == '}') {
          depth--;
        }
        yield b == '"' ? State.IN_STRING : State.IN_OBJECT;
      }
      case FAILED -> State.FAILED;
    };
  }

  private void endObject() {
    ResizeObject read = new ResizeObject(object, length);
    length = 0;
    if (!read.read()) {
      state = State.FAILED;
      return;
    }
    state = State.BETWEEN_OBJECTS;
    if (read.width() > 0 && read.height() > 0) {
      sizes.accept(new TerminalSize(read.width(), read.height()));
    }
  }
}
