package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class Base64InputProperties {

  /**
   * Messages one after another, with line ends or without, in any pieces, come out as they were.
   */
  @Property(tries = 300)
  void piecesMakeNoDifference(
      @ForAll @Size(max = 4) List<@Size(max = 400) byte[]> messages, @ForAll long seed) {
    Random random = new Random(seed);
    Base64Input input = new Base64Input();
    for (byte[] message : messages) {
      Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getMimeEncoder();
      assertThat(decode(input, encoder.encode(message), random)).isEqualTo(message);
    }
  }

  /** One character that is not of base64 costs its own message only. */
  @Property(tries = 300)
  void anErrorEndsItsMessageOnly(
      @ForAll @Size(min = 1, max = 50) byte[] message, @ForAll long seed) {
    Random random = new Random(seed);
    Base64Input input = new Base64Input();
    byte[] bad = Base64.getEncoder().encode(message);
    bad[random.nextInt(bad.length)] = (byte) "!-_ \0\u00ff".charAt(random.nextInt(6));
    byte[] decoded = decode(input, bad, random);
    assertThat(decoded).hasSizeLessThan(message.length);
    assertThat(decoded).isEqualTo(Arrays.copyOf(message, decoded.length));
    assertThat(decode(input, Base64.getEncoder().encode(message), random)).isEqualTo(message);
  }

  private static byte[] decode(Base64Input input, byte[] text, Random random) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    for (int position = 0; position < text.length; ) {
      int length = Math.min(1 + random.nextInt(20), text.length - position);
      ByteBuf piece = Unpooled.wrappedBuffer(text, position, length);
      take(input.add(piece), decoded);
      assertThat(piece.isReadable()).isFalse();
      if (random.nextInt(4) == 0) {
        take(input.takeHeld(), decoded);
      }
      position += length;
    }
    take(input.end(), decoded);
    return decoded.toByteArray();
  }

  private static void take(ByteBuf bytes, ByteArrayOutputStream decoded) {
    decoded.writeBytes(ByteBufUtil.getBytes(bytes));
    bytes.release();
  }
}
