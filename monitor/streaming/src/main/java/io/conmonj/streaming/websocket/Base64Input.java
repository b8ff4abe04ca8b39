package io.conmonj.streaming.websocket;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Decodes messages of padded standard base64 (RFC 4648, section 4) in whatever pieces they come;
 * line ends within are skipped, as Go's decoder does. A decoded piece is held back until the next
 * one, or the end of the message, has been decoded without an error. So a message that comes in one
 * piece and is not base64 is dropped as a whole; of one that comes in several, those before the
 * error are passed on, but for the last of them, and the rest is dropped.
 */
final class Base64Input {
  private static final int CHARACTERS_OF_GROUP = 4;
  private static final int BITS_OF_CHARACTER = 6;
  private static final int PADDING = -2;
  private static final int NOT_BASE64 = -1;
  private static final byte[] VALUES = values();

  private ByteBuf held = Unpooled.EMPTY_BUFFER;
  private int group;
  private int characters;
  private int padding;
  private boolean failed;

  /**
   * Decodes a piece.
   *
   * @param text read to its end; the caller keeps its ownership
   * @return the bytes of the piece before; the caller owns them; may be empty
   */
  ByteBuf add(ByteBuf text) {
    ByteBuf before = held;
    held = text.alloc().buffer(text.readableBytes());
    while (!failed && text.isReadable()) {
      byte c = text.readByte();
      if (c != '\r' && c != '\n') {
        accept(c < 0 ? NOT_BASE64 : VALUES[c]);
      }
    }
    text.skipBytes(text.readableBytes());
    if (failed) {
      before.release();
      discardHeld();
      return held;
    }
    return before;
  }

  /**
   * What is held back, for want of memory to hold it: an error that follows does not drop it any
   * more. The caller owns it; it may be empty.
   */
  ByteBuf takeHeld() {
    ByteBuf taken = held;
    held = Unpooled.EMPTY_BUFFER;
    return taken;
  }

  /**
   * The message has ended; the next piece is of another.
   *
   * @return the last bytes of the message; the caller owns them; may be empty
   */
  ByteBuf end() {
    if (characters != 0) {
      discardHeld();
    }
    ByteBuf last = held;
    reset();
    return last;
  }

  /** Nothing more comes. */
  void discard() {
    discardHeld();
    reset();
  }

  /** Writes down where it is in a message. */
  void freeze(StateWriter out) {
    out.bytes(held).number(group).number(characters).number(padding).flag(failed);
  }

  /** Goes on where another one has been, before anything was decoded. */
  void thaw(StateReader in, ByteBufAllocator buffers) throws UnreadableStateException {
    byte[] bytes = in.bytes();
    if (bytes.length > 0) {
      held = buffers.buffer(bytes.length).writeBytes(bytes);
    }
    group = in.number();
    characters = in.number();
    padding = in.number();
    failed = in.flag();
  }

  private void reset() {
    held = Unpooled.EMPTY_BUFFER;
    group = 0;
    characters = 0;
    padding = 0;
    failed = false;
  }

  private void discardHeld() {
    held.release();
    held = Unpooled.EMPTY_BUFFER;
  }

  private void accept(int value) {
    boolean afterPadding = padding > 0 && (value != PADDING || characters == 0);
    if (value == NOT_BASE64 || afterPadding || (value == PADDING && characters < 2)) {
      failed = true;
      return;
    }
    if (value == PADDING) {
      padding++;
    }
    group = group << BITS_OF_CHARACTER | Math.max(value, 0);
    if (++characters == CHARACTERS_OF_GROUP) {
      writeGroup();
      characters = 0;
    }
  }

  private void writeGroup() {
    held.writeByte(group >> 16);
    if (padding < 2) {
      held.writeByte(group >> 8);
    }
    if (padding < 1) {
      held.writeByte(group);
    }
  }

  private static byte[] values() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    byte[] values = new byte[Byte.MAX_VALUE + 1];
    Arrays.fill(values, (byte) NOT_BASE64);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['='] = PADDING;
    return values;
  }
}
