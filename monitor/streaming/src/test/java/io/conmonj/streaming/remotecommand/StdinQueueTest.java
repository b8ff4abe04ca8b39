package io.conmonj.streaming.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.conmonj.streaming.InboundStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StdinQueueTest {
  private static final int BOUND = 1024;

  private final List<String> log = new ArrayList<>();
  private boolean plenty;
  private final StdinQueue queue =
      new StdinQueue(BOUND, () -> plenty, wanted -> log.add("reading " + wanted));

  @Test
  void whatCameBeforeTheReceiverIsDeliveredInOrderAndThenTheEnd() {
    queue.add(bytes("a"));
    queue.add(bytes("b"));
    queue.end();
    queue.receive(new Recorder());
    assertThat(log).containsExactly("a", "b", "end");
  }

  @Test
  void theClientIsHeldBackAtTheBoundAndLetGoAtHalfOfIt() {
    ByteBuf[] chunks = {bytes("x".repeat(500)), bytes("y".repeat(500))};
    queue.add(chunks[0]);
    assertThat(log).isEmpty();
    queue.add(chunks[1]);
    assertThat(log).containsExactly("reading false");
    log.clear();
    queue.receive(new Recorder());
    assertThat(log).containsExactly("x".repeat(500), "y".repeat(500), "reading true");
  }

  @Test
  void whileThereIsMemoryInPlentyFourTimesTheBoundIsKept() {
    plenty = true;
    for (int i = 0; i < 3; i++) {
      queue.add(bytes("x".repeat(BOUND)));
    }
    assertThat(log).isEmpty();
    queue.add(bytes("x".repeat(BOUND)));
    assertThat(log).containsExactly("reading false");
  }

  @Test
  void whenMemoryIsNoLongerInPlentyTheClientIsHeldBackWithItsNextBytes() {
    plenty = true;
    queue.add(bytes("x".repeat(2 * BOUND)));
    assertThat(log).isEmpty();
    plenty = false;
    queue.add(bytes("x"));
    assertThat(log).containsExactly("reading false");
  }

  @Test
  void smallPiecesThatWaitAreKeptTogetherInOrder() {
    StdinQueue wide = new StdinQueue(64 * 1024, () -> false, wanted -> log.add("" + wanted));
    String all = "a".repeat(3000) + "b".repeat(3000) + "c";
    for (int i = 0; i < all.length(); i++) {
      wide.add(bytes(all.substring(i, i + 1)));
    }
    wide.add(bytes("d".repeat(5000)));
    wide.add(bytes("e"));
    wide.receive(new Recorder());
    assertThat(String.join("", log)).isEqualTo(all + "d".repeat(5000) + "e");
    // The first piece, blocks for 6,000 bytes, the long piece, and what came behind it.
    assertThat(log).hasSize(6);
  }

  @Test
  void aBlockThatIsBeingTakenIsNotAddedTo() {
    Recorder adding =
        new Recorder() {
          @Override
          public void data(ByteBuf bytes) {
            boolean second = bytes.getByte(bytes.readerIndex()) == 'b';
            super.data(bytes);
            if (second) {
              queue.add(StdinQueueTest.bytes("c"));
            }
          }
        };
    queue.add(bytes("a"));
    queue.add(bytes("b"));
    queue.receive(adding);
    queue.end();
    assertThat(log).containsExactly("a", "b", "c", "end");
  }

  @Test
  void aReceiverThatPausesInTheMiddleGetsTheRestWhenItResumes() {
    Recorder pausing =
        new Recorder() {
          @Override
          public void data(ByteBuf bytes) {
            super.data(bytes);
            queue.pause();
          }
        };
    queue.receive(pausing);
    queue.add(bytes("a"));
    queue.add(bytes("b"));
    queue.end();
    assertThat(log).containsExactly("a");
    queue.resume();
    assertThat(log).containsExactly("a", "b");
    queue.resume();
    assertThat(log).containsExactly("a", "b", "end");
    queue.resume();
    assertThat(log).containsExactly("a", "b", "end");
  }

  @Test
  void aReceiverThatResumesWithinItsCallIsNotCalledWithinIt() {
    queue.add(bytes("a"));
    queue.add(bytes("b"));
    queue.receive(
        new Recorder() {
          @Override
          public void data(ByteBuf bytes) {
            queue.pause();
            queue.resume();
            super.data(bytes);
          }
        });
    assertThat(log).containsExactly("a", "b");
  }

  @Test
  void discardingReleasesWhatIsKeptAndLetsTheClientGo() {
    ByteBuf kept = bytes("k".repeat(BOUND));
    queue.add(kept);
    queue.discard();
    ByteBuf later = bytes("later");
    queue.add(later);
    queue.end();
    assertThat(log).containsExactly("reading false", "reading true");
    assertThat(kept.refCnt()).isZero();
    assertThat(later.refCnt()).isZero();
  }

  @Test
  void bytesAfterTheEndAreDropped() {
    queue.receive(new Recorder());
    queue.end();
    ByteBuf late = bytes("late");
    queue.add(late);
    assertThat(log).containsExactly("end");
    assertThat(late.refCnt()).isZero();
  }

  @Test
  void thereIsOneReceiver() {
    queue.receive(new Recorder());
    assertThatIllegalStateException().isThrownBy(() -> queue.receive(new Recorder()));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private class Recorder implements InboundStream.Receiver {
    @Override
    public void data(ByteBuf bytes) {
      log.add(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }

    @Override
    public void end() {
      log.add("end");
    }
  }
}
