package io.conmonj.streaming.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.HeaderFrames;
import io.conmonj.streaming.peer.SpdyFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpdyConnectionProperties {

  /** Any streams with any data, interleaved, in any chunks, come out whole and in order. */
  @Property(tries = 100)
  void chunksMakeNoDifference(@ForAll @IntRange(min = 1, max = 5) int count, @ForAll long seed) {
    Random random = new Random(seed);
    HeaderFrames frames = new HeaderFrames();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    StringBuilder[] expected = new StringBuilder[count];
    for (int i = 0; i < count; i++) {
      sent.writeBytes(frames.syn(2 * i + 1, "streamtype", "data", "requestid", "" + i));
      expected[i] = new StringBuilder("{requestid=" + i + ", streamtype=data}");
    }
    for (int frame = random.nextInt(20); frame > 0; frame--) {
      int stream = random.nextInt(count);
      byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 10 : 50_000)];
      random.nextBytes(payload);
      sent.writeBytes(SpdyFrame.data(2 * stream + 1, payload, false));
      sent.writeBytes(SpdyFrame.ping(2 * frame + 1));
      expected[stream].append(new String(payload, StandardCharsets.ISO_8859_1));
    }
    for (int i = 0; i < count; i++) {
      sent.writeBytes(SpdyFrame.data(2 * i + 1, new byte[0], true));
      expected[i].append(" end");
    }
    RecordedStreams recorded = new RecordedStreams();
    inChunks(sent.toByteArray(), random, recorded);
    for (int i = 0; i < count; i++) {
      assertThat(recorded.streams.get(2 * i + 1)).asString().isEqualTo(expected[i].toString());
    }
    recorded.sent();
  }

  private static void inChunks(byte[] bytes, Random random, RecordedStreams recorded) {
    int largest = 1 + random.nextInt(random.nextBoolean() ? 20 : 9000);
    for (int position = 0; position < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(largest), bytes.length - position);
      recorded.receive(bytes, position, length);
      position += length;
    }
  }
}
