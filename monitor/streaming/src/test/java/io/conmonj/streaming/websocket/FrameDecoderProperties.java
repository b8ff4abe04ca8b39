package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.WebSocketFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameDecoderProperties {

  /** Any messages, in any fragments with pings between them, in any chunks, come out whole. */
  @Property(tries = 200)
  void chunksAndFragmentsMakeNoDifference(
      @ForAll @Size(max = 6) List<@IntRange(max = 70_000) Integer> lengths, @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (int length : lengths) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      expected.add("binary");
      writeFragments(stream, message, random, expected);
      expected.add(RecordedFrames.end(message));
    }
    assertThat(decodeInChunks(stream.toByteArray(), random)).isEqualTo(expected);
  }

  private static void writeFragments(
      ByteArrayOutputStream stream, byte[] message, Random random, List<String> expected) {
    int position = 0;
    int opcode = WebSocketFrame.BINARY;
    while (random.nextInt(3) > 0) {
      int end = position + random.nextInt(message.length - position + 1);
      stream.writeBytes(
          WebSocketFrame.ofClient(opcode, Arrays.copyOfRange(message, position, end)));
      opcode = WebSocketFrame.CONTINUATION;
      position = end;
      if (random.nextBoolean()) {
        byte[] payload = new byte[random.nextInt(126)];
        stream.writeBytes(
            WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.PING, payload));
        expected.add("PING " + HexFormat.of().formatHex(payload));
      }
    }
    byte[] last = Arrays.copyOfRange(message, position, message.length);
    stream.writeBytes(WebSocketFrame.ofClient(WebSocketFrame.FIN | opcode, last));
  }

  private static List<String> decodeInChunks(byte[] stream, Random random) throws Exception {
    RecordedFrames recorded = new RecordedFrames();
    FrameDecoder decoder = new FrameDecoder(1 << 20, recorded);
    ByteBuf rest = Unpooled.copiedBuffer(stream);
    int largest = 1 + random.nextInt(9000);
    while (rest.isReadable()) {
      int length = Math.min(1 + random.nextInt(largest), rest.readableBytes());
      ByteBuf chunk = rest.readBytes(length);
      decoder.decode(chunk);
      assertThat(chunk.isReadable()).isFalse();
      chunk.release();
    }
    rest.release();
    return recorded.events;
  }
}
