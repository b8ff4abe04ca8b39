package io.conmonj.monitor.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.DetachKeys;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DetachFilterTest {
  private static final String P = "\u0010";
  private static final String Q = "\u0011";
  private static final String END = "$";
  private static final String DETACHED = "!";

  @Test
  void theKeysDetachHoweverTheyAreCut() {
    assertThat(typed("ctrl-p,ctrl-q", "ls\n" + P + Q)).isEqualTo("ls\n" + DETACHED);
    assertThat(typed("ctrl-p,ctrl-q", "ls\n", P, Q)).isEqualTo("ls\n" + DETACHED);
    assertThat(typed("ctrl-p,ctrl-q", "l", "s\n" + P, Q + "x")).isEqualTo("ls\n" + DETACHED);
  }

  @Test
  void whatFollowsTheKeysIsDroppedAndSoIsTheEnd() {
    assertThat(typed("ctrl-p,ctrl-q", P + Q + "more", "and more", P + Q)).isEqualTo(DETACHED);
  }

  @Test
  void aBeginningOfTheKeysIsPassedOnOnceItIsClearThatItIsNone() {
    assertThat(typed("ctrl-p,ctrl-q", "a" + P + "b")).isEqualTo("a" + P + "b" + END);
    assertThat(typed("ctrl-p,ctrl-q", P, P, "c")).isEqualTo(P + P + "c" + END);
    assertThat(typed("ctrl-p,ctrl-q", P)).isEqualTo(P + END);
  }

  @Test
  void theKeysAreFoundBehindABeginningThatFailed() {
    assertThat(typed("ctrl-p,ctrl-q", P + P, Q)).isEqualTo(P + DETACHED);
    assertThat(typed("a,a,b", "aa", "ab")).isEqualTo("a" + DETACHED);
  }

  @Test
  void aBeginningWaitsForTheNextKey() {
    Collected collected = new Collected();
    InboundStream.Receiver filter = collected.behind("ctrl-p,ctrl-q");
    filter.data(bytes("x" + P));
    assertThat(collected.text).hasToString("x");
    filter.data(bytes("y"));
    assertThat(collected.text).hasToString("x" + P + "y");
  }

  /** As a worker does that goes on after each key. */
  @Property
  void keysOfWhichEachIsTypedAtAnotherWorkerDetachAsAtOne(
      @ForAll("keys") String letters, @ForAll("typed") String typed) throws Exception {
    String keys = String.join(",", letters.split(""));
    Collected atOne = new Collected();
    atOne.behind(keys).data(bytes(typed));
    Collected atMany = new Collected();
    DetachFilter.Typed known = new DetachFilter.Typed(Optional.of(DetachKeys.parse(keys)));
    for (int i = 0; i < typed.length() && atMany.text.indexOf(DETACHED) < 0; i++) {
      atMany.behind(known).data(bytes(typed.substring(i, i + 1)));
      StateWriter out = new StateWriter();
      known.freeze(out);
      known = DetachFilter.Typed.thaw(new StateReader(out.written(), Map.of()));
    }
    assertThat(atMany.text).hasToString(atOne.text.toString());
  }

  @Test
  void withoutKeysThereIsNoFilter() {
    Collected collected = new Collected();
    DetachFilter.Typed nothing = new DetachFilter.Typed(Optional.empty());
    assertThat(DetachFilter.before(collected, nothing, () -> {})).isSameAs(collected);
  }

  /** A small alphabet, so that there are many beginnings of the keys. */
  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withChars("abc").ofMinLength(1).ofMaxLength(5);
  }

  @Provide
  Arbitrary<String> typed() {
    return Arbitraries.strings().withChars("abc").ofMaxLength(20);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.strings().withChars("abc").ofMaxLength(6).list().ofMaxSize(12);
  }

  @Property
  void allComesOutUpToTheKeysAndNothingAfterThem(
      @ForAll("keys") String keys, @ForAll("pieces") List<String> pieces) {
    String all = String.join("", pieces);
    int at = all.indexOf(keys);
    assertThat(typed(String.join(",", keys.split("")), pieces.toArray(String[]::new)))
        .isEqualTo(at < 0 ? all + END : all.substring(0, at) + DETACHED);
  }

  @Property
  void anyBytesComeOutAsTheyWentInWhereTheKeysAreNotAmongThem(@ForAll List<byte[]> pieces) {
    List<String> texts = new ArrayList<>();
    for (byte[] piece : pieces) {
      texts.add(new String(piece, ISO_8859_1));
    }
    String all = String.join("", texts);
    Assume.that(!all.contains(P + Q));
    assertThat(typed("ctrl-p,ctrl-q", texts.toArray(String[]::new))).isEqualTo(all + END);
  }

  /** What comes out of the filter, with a mark for the end or for detaching. */
  private static String typed(String keys, String... pieces) {
    Collected collected = new Collected();
    InboundStream.Receiver filter = collected.behind(keys);
    List<ByteBuf> buffers = new ArrayList<>();
    for (String piece : pieces) {
      ByteBuf buffer = bytes(piece);
      buffers.add(buffer);
      filter.data(buffer);
    }
    filter.end();
    assertThat(buffers).allMatch(each -> each.refCnt() == 0);
    return collected.text.toString();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.buffer().writeBytes(text.getBytes(ISO_8859_1));
  }

  private static final class Collected implements InboundStream.Receiver {
    private final StringBuilder text = new StringBuilder();

    InboundStream.Receiver behind(String keys) {
      return behind(new DetachFilter.Typed(Optional.of(DetachKeys.parse(keys))));
    }

    InboundStream.Receiver behind(DetachFilter.Typed typed) {
      return DetachFilter.before(this, typed, () -> text.append(DETACHED));
    }

    @Override
    public void data(ByteBuf bytes) {
      assertThat(bytes.isReadable()).isTrue();
      text.append(bytes.toString(ISO_8859_1));
      bytes.release();
    }

    @Override
    public void end() {
      text.append(END);
    }
  }
}
