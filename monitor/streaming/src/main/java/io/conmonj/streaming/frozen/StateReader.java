package io.conmonj.streaming.frozen;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a {@link StateWriter} has written, in the same order. Each method throws an {@link
 * UnreadableStateException} where that is not there.
 */
public final class StateReader {
  private final ByteBuffer in;
  private final Map<String, Integer> descriptors;

  /**
   * @param written as a writer has left it; not copied
   * @param descriptors those that go with it, by their names
   */
  public StateReader(byte[] written, Map<String, Integer> descriptors) {
    this(ByteBuffer.wrap(written), new HashMap<>(descriptors));
  }

  private StateReader(ByteBuffer in, Map<String, Integer> descriptors) {
    this.in = in;
    this.descriptors = descriptors;
  }

  /** Reads a part, which may be read later than what follows it. */
  public StateReader part() throws UnreadableStateException {
    return new StateReader(ByteBuffer.wrap(bytes()), descriptors);
  }

  /** Reads yes or no. */
  public boolean flag() throws UnreadableStateException {
    return has(1).get() != 0;
  }

  /** Reads a number of four bytes. */
  public int number() throws UnreadableStateException {
    return has(Integer.BYTES).getInt();
  }

  /** Reads a number of eight bytes. */
  public long bigNumber() throws UnreadableStateException {
    return has(Long.BYTES).getLong();
  }

  /** Reads a value of an enum. */
  public <E extends Enum<E>> E word(Class<E> type) throws UnreadableStateException {
    String name = text();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException unknown) {
      throw unreadable("no " + type.getSimpleName() + " is named " + name);
    }
  }

  /** Reads text. */
  public String text() throws UnreadableStateException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Reads text that there may not be. */
  public Optional<String> optionalText() throws UnreadableStateException {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  /** Reads several texts. */
  public List<String> texts() throws UnreadableStateException {
    int count = number();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(text());
    }
    return all;
  }

  /** Reads several numbers. */
  public List<Integer> numbers() throws UnreadableStateException {
    int count = number();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(number());
    }
    return all;
  }

  /** Reads bytes; the caller's to keep. */
  public byte[] bytes() throws UnreadableStateException {
    int length = number();
    if (length < 0 || length > in.remaining()) {
      throw unreadable(length + " bytes are to follow, of which " + in.remaining() + " are there");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /**
   * Takes a descriptor, which is the caller's from now on.
   *
   * @param name under which it was put
   */
  public int descriptor(String name) throws UnreadableStateException {
    Integer descriptor = descriptors.remove(name);
    if (descriptor == null) {
      throw unreadable("descriptor " + name + " is missing");
    }
    return descriptor;
  }

  /** The descriptors that nobody has taken; the caller's to close. */
  public List<Integer> notTaken() {
    return List.copyOf(descriptors.values());
  }

  private ByteBuffer has(int bytes) throws UnreadableStateException {
    if (in.remaining() < bytes) {
      throw unreadable("more is to follow");
    }
    return in;
  }

  private UnreadableStateException unreadable(String what) {
    return new UnreadableStateException(
        "state of a streaming server, at byte " + in.position() + ": " + what);
  }
}
