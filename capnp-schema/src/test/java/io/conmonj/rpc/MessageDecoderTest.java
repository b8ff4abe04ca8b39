package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {

  private final MessageDecoder decoder = new MessageDecoder(RpcLimits.SERVER);

  /**
   * A frame whose segments have these sizes in words; each word holds its number in the message.
   */
  private static ByteBuf frame(int... words) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeIntLE(words.length - 1);
    for (int size : words) {
      frame.writeIntLE(size);
    }
    if (words.length % 2 == 0) {
      frame.writeIntLE(0);
    }
    long number = 0;
    for (int size : words) {
      for (int i = 0; i < size; i++) {
        frame.writeLongLE(number++);
      }
    }
    return frame;
  }

  private static void check(ByteBuffer[] segments, int... words) {
    assertThat(segments).hasSize(words.length);
    long number = 0;
    for (int i = 0; i < words.length; i++) {
      assertThat(segments[i].remaining()).isEqualTo(words[i] * Long.BYTES);
      while (segments[i].hasRemaining()) {
        assertThat(segments[i].getLong()).isEqualTo(number++);
      }
    }
  }

  @Test
  void messagesOfOneTwoAndThreeSegmentsAreCutApart() {
    ByteBuf in = Unpooled.wrappedBuffer(frame(2), frame(1, 3), frame(2, 0, 1));
    check(decoder.decode(in), 2);
    check(decoder.decode(in), 1, 3);
    check(decoder.decode(in), 2, 0, 1);
    assertThat(decoder.decode(in)).isNull();
  }

  @Test
  void aMessageMayComeByteByByte() {
    ByteBuf in = Unpooled.wrappedBuffer(frame(1, 3), frame(600, 2));
    List<ByteBuffer[]> messages = new ArrayList<>();
    while (in.isReadable()) {
      ByteBuffer[] message = decoder.decode(in.readSlice(1));
      if (message != null) {
        messages.add(message);
      }
    }
    assertThat(messages).hasSize(2);
    check(messages.get(0), 1, 3);
    check(messages.get(1), 600, 2);
  }

  @Test
  void aMessageOfManySegmentsIsTakenUpToTheLimit() {
    int[] most = new int[512];
    most[0] = 1;
    check(decoder.decode(frame(most)), most);
    assertThatThrownBy(() -> decoder.decode(frame(new int[513])))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("message has 513 segments");
  }

  @Test
  void anAbsurdNumberOfSegmentsIsRefused() {
    assertThatThrownBy(() -> decoder.decode(Unpooled.buffer().writeLongLE(-1L)))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("message has 4294967296 segments");
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedByItsHeader() {
    ByteBuf header = Unpooled.buffer().writeIntLE(0).writeIntLE(512 * 1024 + 1);
    assertThatThrownBy(() -> decoder.decode(header))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("more than 4194304 bytes");
  }

  @Test
  void sizesThatOverflowTogetherAreRefused() {
    ByteBuf header = Unpooled.buffer().writeIntLE(2);
    header.writeIntLE(-1).writeIntLE(-1).writeIntLE(-1);
    assertThatThrownBy(() -> decoder.decode(header)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aHeaderAloneReservesLittle() {
    List<MessageDecoder> decoders = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      MessageDecoder one = new MessageDecoder(RpcLimits.SERVER);
      assertThat(one.decode(frame(1).setIntLE(Integer.BYTES, 512 * 1024))).isNull();
      decoders.add(one);
    }
    // Each announced 4 MiB: reserved at once, that would be 8 GB, ten times this JVM's heap.
    assertThat(decoders).hasSize(2000);
  }
}
