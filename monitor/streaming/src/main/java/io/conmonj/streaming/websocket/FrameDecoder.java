package io.conmonj.streaming.websocket;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.Opcode;
import io.netty.buffer.ByteBuf;

/**
 * Takes client frames apart (RFC 6455, section 5), whatever pieces they come in. Payload is
 * unmasked where it lies and passed on as it arrives; nothing is kept but a header in the making
 * and the at most 125 bytes of a control frame. After the first error everything is dropped.
 */
final class FrameDecoder {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;

  /** Length values that say that the real length follows in 2 or 8 bytes. */
  private static final int LENGTH_IN_2_BYTES = 126;

  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MAX_CONTROL = 125;
  private static final int MAX_IN_2_BYTES = 0xFFFF;

  /** No number that an opcode has: before the first frame. */
  private static final int NO_OPCODE = -1;

  private enum State {
    FIRST_BYTE,
    SECOND_BYTE,
    EXTENDED_LENGTH,
    MASK,
    PAYLOAD,
    CONTROL_PAYLOAD,
    DISCARD
  }

  private final long maxMessage;
  private final FrameListener listener;

  private State state = State.FIRST_BYTE;
  private Opcode opcode;
  private boolean finalFrame;

  /** Bytes that are still to come of the number being read: an extended length or the mask. */
  private int numberBytes;

  private int lengthCode;

  /** Payload bytes that are still to come of this frame. */
  private long remaining;

  private int mask;
  private byte[] control;
  private int controlRead;

  /** Whether a message has begun whose last frame has not come. */
  private boolean inMessage;

  private long messageLength;

  /**
   * @param maxMessage the greatest length of a message in bytes, over all of its frames
   * @param listener takes what comes out
   */
  FrameDecoder(long maxMessage, FrameListener listener) {
    this.maxMessage = maxMessage;
    this.listener = listener;
  }

  /**
   * Decodes a chunk to its end. The chunk's bytes are changed, and payload is passed on as retained
   * slices of it.
   *
   * @param in read to its end; the caller keeps its ownership
   * @throws WebSocketException on the first error in the stream, or what the listener throws
   */
  void decode(ByteBuf in) throws WebSocketException {
    try {
      while (in.isReadable()) {
        step(in);
      }
    } catch (WebSocketException e) {
      discard();
      in.skipBytes(in.readableBytes());
      throw e;
    }
  }

  /** Drops all that comes from now on. */
  void discard() {
    state = State.DISCARD;
  }

  /** Writes down where it is in the stream. */
  void freeze(StateWriter out) {
    out.word(state)
        .number(opcode == null ? NO_OPCODE : opcode.code())
        .flag(finalFrame)
        .number(numberBytes)
        .number(lengthCode)
        .bigNumber(remaining)
        .number(mask)
        .bytes(control == null ? new byte[0] : control)
        .flag(control != null)
        .number(controlRead)
        .flag(inMessage)
        .bigNumber(messageLength);
  }

  /** Goes on where another one has been, before anything was decoded. */
  void thaw(StateReader in) throws UnreadableStateException {
    state = in.word(State.class);
    opcode = Opcode.of(in.number());
    finalFrame = in.flag();
    numberBytes = in.number();
    lengthCode = in.number();
    remaining = in.bigNumber();
    mask = in.number();
    byte[] begun = in.bytes();
    control = in.flag() ? begun : null;
    controlRead = in.number();
    inMessage = in.flag();
    messageLength = in.bigNumber();
  }

  private void step(ByteBuf in) throws WebSocketException {
    switch (state) {
      case FIRST_BYTE -> firstByte(in.readUnsignedByte());
      case SECOND_BYTE -> secondByte(in.readUnsignedByte());
      case EXTENDED_LENGTH -> extendedLengthByte(in.readUnsignedByte());
      case MASK -> maskByte(in.readUnsignedByte());
      case PAYLOAD -> payload(in);
      case CONTROL_PAYLOAD -> controlPayload(in);
      case DISCARD -> in.skipBytes(in.readableBytes());
    }
  }

  private void firstByte(int b) throws WebSocketException {
    if ((b & RESERVED) != 0) {
      throw violation("reserved bits set without an extension");
    }
    opcode = Opcode.of(b & OPCODE);
    if (opcode == null) {
      throw violation("reserved opcode " + (b & OPCODE));
    }
    finalFrame = (b & FIN) != 0;
    if (opcode.isControl() && !finalFrame) {
      throw violation("fragmented control frame");
    }
    if (opcode == Opcode.CONTINUATION && !inMessage) {
      throw violation("continuation of no message");
    }
    if (!opcode.isControl() && opcode != Opcode.CONTINUATION && inMessage) {
      throw violation("message within a fragmented message");
    }
    state = State.SECOND_BYTE;
  }

  private void secondByte(int b) throws WebSocketException {
    if ((b & MASKED) == 0) {
      throw violation("client frame is not masked");
    }
    lengthCode = b & LENGTH;
    if (opcode.isControl() && lengthCode > MAX_CONTROL) {
      throw violation("control frame of more than 125 bytes");
    }
    if (lengthCode < LENGTH_IN_2_BYTES) {
      remaining = lengthCode;
      expectMask();
    } else {
      remaining = 0;
      numberBytes = lengthCode == LENGTH_IN_2_BYTES ? Short.BYTES : Long.BYTES;
      state = State.EXTENDED_LENGTH;
    }
  }

  private void extendedLengthByte(int b) throws WebSocketException {
    remaining = remaining << Byte.SIZE | b;
    if (--numberBytes > 0) {
      return;
    }
    if (remaining < 0) {
      throw violation("frame length is negative");
    }
    if (remaining < LENGTH_IN_2_BYTES
        || (lengthCode == LENGTH_IN_8_BYTES && remaining <= MAX_IN_2_BYTES)) {
      throw violation("frame length is not in its shortest form");
    }
    expectMask();
  }

  private void expectMask() throws WebSocketException {
    if (!opcode.isControl()) {
      long before = opcode == Opcode.CONTINUATION ? messageLength : 0;
      if (remaining > maxMessage - before) {
        throw new WebSocketException(
            CloseCode.MESSAGE_TOO_BIG, "message of more than " + maxMessage + " bytes");
      }
      messageLength = before + remaining;
    }
    numberBytes = Integer.BYTES;
    state = State.MASK;
  }

  private void maskByte(int b) throws WebSocketException {
    mask = mask << Byte.SIZE | b;
    if (--numberBytes > 0) {
      return;
    }
    if (opcode.isControl()) {
      control = new byte[(int) remaining];
      controlRead = 0;
      state = State.CONTROL_PAYLOAD;
      endControlIfComplete();
      return;
    }
    if (opcode != Opcode.CONTINUATION) {
      inMessage = true;
      listener.messageStarted(opcode == Opcode.TEXT);
    }
    state = State.PAYLOAD;
    endFrameIfComplete();
  }

  private void payload(ByteBuf in) throws WebSocketException {
    int length = (int) Math.min(in.readableBytes(), remaining);
    mask = Mask.apply(in, in.readerIndex(), length, mask);
    remaining -= length;
    listener.messageBytes(in.readRetainedSlice(length));
    endFrameIfComplete();
  }

  private void endFrameIfComplete() throws WebSocketException {
    if (remaining > 0 || state == State.DISCARD) {
      return;
    }
    state = State.FIRST_BYTE;
    if (finalFrame) {
      inMessage = false;
      listener.messageEnded();
    }
  }

  private void controlPayload(ByteBuf in) throws WebSocketException {
    int length = Math.min(in.readableBytes(), control.length - controlRead);
    mask = Mask.apply(in, in.readerIndex(), length, mask);
    in.readBytes(control, controlRead, length);
    controlRead += length;
    endControlIfComplete();
  }

  private void endControlIfComplete() throws WebSocketException {
    if (controlRead == control.length) {
      byte[] payload = control;
      control = null;
      state = State.FIRST_BYTE;
      listener.control(opcode, payload);
    }
  }

  private static WebSocketException violation(String what) {
    return new WebSocketException(CloseCode.PROTOCOL_ERROR, what);
  }
}
