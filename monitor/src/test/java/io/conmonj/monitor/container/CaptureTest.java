package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class CaptureTest {
  private static final MemoryAccount MEMORY =
      MemoryAccount.open("answers", 64 << 20, Runnable::run);

  private static final int LIMIT = 300_000;

  private static byte[] expected(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static ByteBuf pattern(int from, int length) {
    return Unpooled.wrappedBuffer(expected(from + length), from, length);
  }

  private static byte[] taken(Capture capture) {
    ByteBuf all = capture.take();
    byte[] bytes = ByteBufUtil.getBytes(all);
    all.release();
    return bytes;
  }

  @Test
  void piecesOfAnySizeAreJoinedInOrder() {
    Capture capture = new Capture(new Capture.Room(LIMIT), MEMORY);
    int at = 0;
    for (int length : new int[] {1, 4096, 70_000, 3, 200_000}) {
      capture.onBytes(pattern(at, length));
      at += length;
    }
    assertThat(capture.truncated()).isFalse();
    assertThat(taken(capture)).isEqualTo(expected(at));
  }

  @Test
  void exactlyTheLimitIsWhole() {
    Capture capture = new Capture(new Capture.Room(LIMIT), MEMORY);
    capture.onBytes(pattern(0, LIMIT));
    assertThat(capture.truncated()).isFalse();
    assertThat(taken(capture)).hasSize(LIMIT);
  }

  @Test
  void oneByteMoreIsCutAndMarked() {
    Capture capture = new Capture(new Capture.Room(LIMIT), MEMORY);
    capture.onBytes(pattern(0, LIMIT - 1));
    capture.onBytes(pattern(LIMIT - 1, 2));
    assertThat(capture.truncated()).isTrue();
    assertThat(taken(capture)).isEqualTo(expected(LIMIT));
  }

  @Test
  void twoStreamsTogetherHaveTheLimitOfOneAnswer() {
    Capture.Room room = new Capture.Room(LIMIT);
    Capture stdout = new Capture(room, MEMORY);
    Capture stderr = new Capture(room, MEMORY);
    stdout.onBytes(pattern(0, LIMIT - 10));
    stderr.onBytes(pattern(0, 11));
    stdout.onBytes(pattern(LIMIT - 10, 1));
    assertThat(stdout.truncated()).isTrue();
    assertThat(stderr.truncated()).isTrue();
    assertThat(taken(stdout)).isEqualTo(expected(LIMIT - 10));
    assertThat(taken(stderr)).isEqualTo(expected(10));
  }

  @Test
  void nothingIsAnEmptyBuffer() {
    assertThat(taken(new Capture(new Capture.Room(LIMIT), MEMORY))).isEmpty();
  }

  @Test
  void outputForWhichThereIsNoMemoryIsNotTakenForAllOfIt() {
    Capture capture =
        new Capture(
            new Capture.Room(LIMIT), MemoryAccount.open("answers", 4 * 1024, Runnable::run));
    capture.onBytes(Unpooled.buffer().writeZero(4 * 1024));
    assertThat(capture.outOfMemory()).isFalse();
    capture.onBytes(Unpooled.buffer().writeZero(1));
    assertThat(capture.outOfMemory()).isTrue();
    capture.close();
  }
}
