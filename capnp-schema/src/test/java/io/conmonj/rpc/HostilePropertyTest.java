package io.conmonj.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever arrives, the connection copes. */
class HostilePropertyTest {

  @Example
  void realMessagesAreFine() {
    HostileInput.feed(RealMessages.stream(), Integer.MAX_VALUE / 2);
    RealMessages.ALL.forEach(message -> HostileInput.feed(message, 1));
  }

  @Property(tries = 300)
  void anyBytes(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 64) int piece) {
    HostileInput.feed(bytes, piece);
  }

  /** Well framed, so that all of it reaches the protocol. */
  @Property(tries = 1000)
  void anyWordsInAFrame(@ForAll("segments") List<List<Long>> segments) {
    HostileInput.feed(frame(segments), 4096);
  }

  @Property(tries = 1000)
  void realMessagesWithSomeWordsReplaced(
      @ForAll @IntRange(max = 12) int which,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 300) Integer> places,
      @ForAll("word") long word) {
    byte[] message = RealMessages.ALL.get(which).clone();
    ByteBuffer words = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    for (int place : places) {
      words.putLong(place * Long.BYTES % message.length, word);
    }
    HostileInput.feed(after(message), message.length);
  }

  @Property(tries = 1000)
  void realStreamsWithBitsFlipped(
      @ForAll @Size(min = 1, max = 20) List<@IntRange Integer> bits, @ForAll long order) {
    byte[] stream = shuffled(new Random(order));
    for (int bit : bits) {
      stream[bit / 8 % stream.length] ^= (byte) (1 << bit % 8);
    }
    HostileInput.feed(stream, 100);
  }

  @Property(tries = 100)
  void realStreamsCutShort(@ForAll @IntRange(max = 10_000) int length) {
    byte[] stream = RealMessages.stream();
    HostileInput.feed(Arrays.copyOf(stream, length % stream.length), 100);
  }

  @Provide
  Arbitrary<List<List<Long>>> segments() {
    return word().list().ofMinSize(1).ofMaxSize(24).list().ofMinSize(1).ofMaxSize(4);
  }

  /** Words that look like pointers: near and far, to structs, lists and capabilities, or absurd. */
  @Provide
  Arbitrary<Long> word() {
    Arbitrary<Long> small = Arbitraries.longs().between(0, 16);
    Arbitrary<Long> offset = Arbitraries.longs().between(-4, 8);
    Arbitrary<Long> sizes = Arbitraries.of(0L, 1L, 2L, 1L << 16, 2L << 16, (1L << 16) + 1, -1L);
    Arbitrary<Long> struct = offset.flatMap(at -> sizes.map(size -> word(size, at * 4)));
    Arbitrary<Long> list =
        offset.flatMap(
            at -> Arbitraries.longs().between(0, 1 << 20).map(size -> word(size, at * 4 + 1)));
    Arbitrary<Long> far =
        small.flatMap(at -> Arbitraries.longs().between(0, 4).map(in -> word(in, at * 4 + 2)));
    Arbitrary<Long> capability = small.map(index -> word(index, 3));
    return Arbitraries.frequencyOf(
        Tuple.of(4, small),
        Tuple.of(6, struct),
        Tuple.of(4, list),
        Tuple.of(3, far),
        Tuple.of(1, capability),
        Tuple.of(2, Arbitraries.longs()));
  }

  private static long word(long high, long low) {
    return (high << 32) | (low & 0xffff_ffffL);
  }

  private static byte[] frame(List<List<Long>> segments) {
    int header = (segments.size() / 2 + 1) * Long.BYTES;
    int words = segments.stream().mapToInt(List::size).sum();
    ByteBuffer frame =
        ByteBuffer.allocate(header + words * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(segments.size() - 1);
    segments.forEach(segment -> frame.putInt(segment.size()));
    frame.position(header);
    segments.forEach(segment -> segment.forEach(frame::putLong));
    return frame.array();
  }

  /** Puts a bootstrap and a call before a message, so that it finds something open. */
  private static byte[] after(byte[] message) {
    byte[] first = RealMessages.ALL.get(0);
    byte[] second = RealMessages.ALL.get(1);
    return ByteBuffer.allocate(first.length + second.length + message.length)
        .put(first)
        .put(second)
        .put(message)
        .array();
  }

  private static byte[] shuffled(Random order) {
    List<byte[]> messages = new ArrayList<>(RealMessages.ALL);
    Collections.shuffle(messages, order);
    ByteBuffer stream = ByteBuffer.allocate(RealMessages.stream().length);
    messages.forEach(stream::put);
    return stream.array();
  }
}
