package io.conmonj.streaming.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FairReadsTest {
  private static final int MAX = 64 * 1024;
  private final DefaultMaxMessagesRecvByteBufAllocator.MaxMessageHandle reads =
      new FairReads(MemoryAccount.open("sessions", 1024 * 1024, Runnable::run)).newHandle();

  @Test
  void whatIsHandledInNoTimeIsReadInLargePieces() {
    while (reads.guess() < MAX) {
      readFull(0);
    }
    readFull(0);
    assertThat(reads.guess()).isLessThanOrEqualTo(MAX);
  }

  @Test
  void whatTakesLongIsReadInSmallPiecesWithTheLoopFreeInBetween() {
    while (reads.guess() < MAX) {
      readFull(0);
    }
    for (int size = MAX; size > 512; size /= 2) {
      assertThat(reads.guess()).isEqualTo(size);
      readFull(TimeUnit.MILLISECONDS.toNanos(1));
    }
    readFull(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(reads.guess()).isEqualTo(512);
    assertThat(reads.continueReading()).isFalse();
  }

  @Test
  void littleIsReadIntoSmallBuffers() {
    while (reads.guess() < MAX) {
      readFull(0);
    }
    for (int i = 0; i < 10; i++) {
      read(1, 0);
    }
    assertThat(reads.guess()).isEqualTo(512);
  }

  private void readFull(long handlingNanos) {
    read(reads.guess(), handlingNanos);
  }

  private void read(int bytes, long handlingNanos) {
    reads.reset(new EmbeddedChannel().config());
    reads.attemptedBytesRead(bytes);
    reads.lastBytesRead(bytes);
    reads.incMessagesRead(1);
    long end = System.nanoTime() + handlingNanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    reads.readComplete();
  }
}
