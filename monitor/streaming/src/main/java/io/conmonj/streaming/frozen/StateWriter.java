package io.conmonj.streaming.frozen;

import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.SpdyPing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values one behind another, without names or types: {@link StateReader} is asked for the
 * same ones in the same order. Numbers are big-endian; text is UTF-8; what has a length has it in
 * four bytes before it. What changes in that order is another version, whose number is written
 * first by whoever writes.
 */
public final class StateWriter {
  private final ByteBuf out = Unpooled.buffer();
  private final Map<String, Integer> descriptors = new LinkedHashMap<>();
  private long dueNanos = FrozenConnection.NEVER;
  private boolean betweenFrames;

  /** Writes yes or no, in a byte. */
  public StateWriter flag(boolean value) {
    out.writeBoolean(value);
    return this;
  }

  /** Writes a number, in four bytes. */
  public StateWriter number(int value) {
    out.writeInt(value);
    return this;
  }

  /** Writes a number, in eight bytes. */
  public StateWriter bigNumber(long value) {
    out.writeLong(value);
    return this;
  }

  /** Writes which of an enum's values it is, by its name, which therefore must never change. */
  public StateWriter word(Enum<?> value) {
    return text(value.name());
  }

  /** Writes text. */
  public StateWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes text that there may not be. */
  public StateWriter optionalText(Optional<String> value) {
    flag(value.isPresent());
    value.ifPresent(this::text);
    return this;
  }

  /** Writes several texts. */
  public StateWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  /** Writes several numbers. */
  public StateWriter numbers(List<Integer> values) {
    number(values.size());
    values.forEach(this::number);
    return this;
  }

  /** Writes bytes. */
  public StateWriter bytes(byte[] value) {
    out.writeInt(value.length).writeBytes(value);
    return this;
  }

  /**
   * Writes a buffer's readable bytes.
   *
   * @param value left as it is; the caller keeps its ownership
   */
  public StateWriter bytes(ByteBuf value) {
    out.writeInt(value.readableBytes());
    out.writeBytes(value, value.readerIndex(), value.readableBytes());
    return this;
  }

  /**
   * Puts a descriptor beside what is written.
   *
   * @param name by which it is read, never given twice
   * @param descriptor stays its owner's
   */
  public StateWriter descriptor(String name, int descriptor) {
    if (descriptors.putIfAbsent(name, descriptor) != null) {
      throw new IllegalStateException("two descriptors are named " + name);
    }
    return this;
  }

  /** Writes all of another writer, its descriptors included, as a part. */
  public StateWriter part(StateWriter other) {
    bytes(other.out);
    other.descriptors.forEach(this::descriptor);
    return due(other.dueNanos);
  }

  /**
   * Notes that whoever goes on has something to do at a time, though no descriptor tells that.
   *
   * @param nanos in the terms of {@link System#nanoTime}
   */
  public StateWriter due(long nanos) {
    dueNanos = Math.min(dueNanos, nanos);
    return this;
  }

  /** Notes that there is something to do, or to be waited for, already. */
  public StateWriter dueNow() {
    return due(FrozenConnection.NOW);
  }

  /** Notes that a {@link SpdyPing} may come next, and can be answered without anything else. */
  public StateWriter betweenFrames() {
    betweenFrames = true;
    return this;
  }

  /** Whether that was noted; not of a {@link #part}, which another protocol carries. */
  public boolean isBetweenFrames() {
    return betweenFrames;
  }

  /** The earliest time noted, see {@link FrozenConnection#dueNanos}. */
  public long dueNanos() {
    return dueNanos;
  }

  /** All that was written so far. */
  public byte[] written() {
    return ByteBufUtil.getBytes(out);
  }

  /** The descriptors that go with it, by their names. */
  public Map<String, Integer> descriptors() {
    return Map.copyOf(descriptors);
  }
}
