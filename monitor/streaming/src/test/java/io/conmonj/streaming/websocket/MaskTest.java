package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MaskTest {

  /** Any piece at any place, in direct and in heap memory, cut in two anywhere. */
  @Property(tries = 500)
  void everyByteIsXoredWithItsTurnOfTheMask(
      @ForAll @IntRange(max = 9) int from,
      @ForAll @IntRange(max = 40) int first,
      @ForAll @IntRange(max = 40) int second,
      @ForAll int mask,
      @ForAll boolean direct) {
    byte[] bytes = new byte[from + first + second + 3];
    new Random(mask).nextBytes(bytes);
    ByteBuf buffer = direct ? Unpooled.directBuffer(bytes.length) : Unpooled.buffer(bytes.length);
    buffer.writeBytes(bytes);
    int between = Mask.apply(buffer, from, first, mask);
    Mask.apply(buffer, from + first, second, between);
    for (int i = 0; i < first + second; i++) {
      bytes[from + i] ^= (byte) (mask >> (24 - i % 4 * 8));
    }
    assertThat(buffer).isEqualTo(Unpooled.wrappedBuffer(bytes));
    buffer.release();
  }
}
