package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs on the test's own thread: the hub needs no loop. */
class OutputHubTest {
  private static final int PLENTY = 1 << 20;

  private static void publish(OutputHub hub, StdStream stream, String text) {
    ByteBuf bytes = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    hub.publish(stream, bytes);
    assertThat(bytes.readableBytes()).isEqualTo(text.length());
    bytes.release();
  }

  @Test
  void everyFollowerSeesEverythingInOrder() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer one = new Viewer();
    Viewer two = new Viewer();
    hub.subscribe(one, PLENTY, 0).resume();
    hub.subscribe(two, PLENTY, 0).resume();
    publish(hub, StdStream.STDOUT, "a");
    publish(hub, StdStream.STDERR, "b");
    hub.end();
    assertThat(one.seen()).isEqualTo("a!b");
    assertThat(two.seen()).isEqualTo("a!b");
    assertThat(one.end()).isDone();
  }

  @Test
  void oneThatStaysBehindIsEndedWithWhatItMissedAndTheOthersGoOn() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer slow = new Viewer();
    Viewer fast = new Viewer();
    Subscription held = hub.subscribe(slow, 1200, 0);
    held.resume();
    hub.subscribe(fast, 1000, 0).resume();
    publish(hub, StdStream.STDOUT, "seen");
    held.pause();
    for (int i = 0; i < 3; i++) {
      publish(hub, StdStream.STDOUT, "x".repeat(400));
    }
    assertThat(slow.missed()).isCompletedWithValue(1200L);
    assertThat(hub.followers()).isOne();
    held.resume();
    publish(hub, StdStream.STDOUT, "end");
    hub.end();
    assertThat(slow.seen()).isEqualTo("seen");
    assertThat(slow.end()).isNotDone();
    assertThat(fast.seen()).isEqualTo("seen" + "x".repeat(1200) + "end");
    assertThat(fast.missed()).isNotDone();
  }

  @Test
  void oneThatThrowsIsLeftOutAndTheOthersGoOn() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer before = new Viewer();
    Viewer after = new Viewer();
    hub.subscribe(before, PLENTY, 0).resume();
    hub.subscribe(new Broken(), PLENTY, 0).resume();
    hub.subscribe(after, PLENTY, 0).resume();
    publish(hub, StdStream.STDOUT, "a");
    assertThat(hub.followers()).isEqualTo(2);
    publish(hub, StdStream.STDOUT, "b");
    hub.end();
    assertThat(before.seen()).isEqualTo("ab");
    assertThat(after.seen()).isEqualTo("ab");
    assertThat(after.end()).isDone();
  }

  @Test
  void oneThatRunsOutOfMemoryEndsAndTheOthersGoOn() {
    long before = directMemory();
    OutputHub hub = UncountedMemory.hub(100);
    Viewer first = new Viewer();
    Viewer other = new Viewer();
    OutputListener tight =
        new OutputListener() {
          @Override
          public void onOutput(StdStream stream, ByteBuf bytes) {
            bytes.release();
            throw new OutOfMemoryError("this test's own");
          }

          @Override
          public void onEnd() {
            first.onEnd();
          }

          @Override
          public void onOverrun(long missedBytes) {
            first.onOverrun(missedBytes);
          }
        };
    hub.subscribe(tight, PLENTY, 0).resume();
    hub.subscribe(other, PLENTY, 0).resume();
    publish(hub, StdStream.STDOUT, "abc");
    publish(hub, StdStream.STDOUT, "d");
    hub.close();
    assertThat(first.missed()).isCompletedWithValue(3L);
    assertThat(first.end()).isNotDone();
    assertThat(other.seen()).isEqualTo("abcd");
    assertThat(other.end()).isDone();
    assertThat(directMemory()).isEqualTo(before);
  }

  @Test
  void outputThatCouldNotBeSharedEndsAllWhoFollowWithWhatTheyMissed() {
    long before = directMemory();
    OutputHub hub = UncountedMemory.hub(100);
    Viewer viewer = new Viewer();
    Viewer behind = new Viewer();
    hub.subscribe(viewer, PLENTY, 0).resume();
    hub.subscribe(behind, PLENTY, 0);
    publish(hub, StdStream.STDOUT, "seen");
    hub.skip(10);
    assertThat(viewer.missed()).isCompletedWithValue(10L);
    assertThat(behind.missed()).isCompletedWithValue(14L);
    assertThat(hub.followers()).isZero();
    Viewer late = new Viewer();
    hub.subscribe(late, PLENTY, PLENTY).resume();
    publish(hub, StdStream.STDOUT, "after");
    assertThat(late.seen()).isEqualTo("after");
    hub.close();
    assertThat(directMemory()).isEqualTo(before);
  }

  @Test
  void oneThatThrowsAtTheEndDoesNotKeepItFromTheOthers() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer after = new Viewer();
    hub.subscribe(new Broken(), PLENTY, 0).resume();
    hub.subscribe(after, PLENTY, 0).resume();
    hub.end();
    assertThat(after.end()).isDone();
  }

  private static final class Broken implements OutputListener {
    @Override
    public void onOutput(StdStream stream, ByteBuf bytes) {
      bytes.release();
      throw new IllegalStateException("this test's own");
    }

    @Override
    public void onEnd() {
      throw new IllegalStateException("this test's own");
    }

    @Override
    public void onOverrun(long missedBytes) {}
  }

  @Test
  void manyTinyPiecesAreBoundedToo() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer slow = new Viewer();
    hub.subscribe(slow, 100_000, 0);
    int published = 0;
    while (!slow.missed().isDone()) {
      publish(hub, StdStream.STDOUT, "x");
      published++;
      assertThat(published).isLessThan(1000);
    }
    assertThat(slow.missed()).isCompletedWithValue((long) published);
  }

  @Test
  void whatCameWhilePausedIsDeliveredBeforeTheEnd() {
    OutputHub hub = UncountedMemory.hub(0);
    Viewer viewer = new Viewer();
    Subscription subscription = hub.subscribe(viewer, PLENTY, 0);
    publish(hub, StdStream.STDOUT, "late");
    hub.end();
    assertThat(viewer.end()).isNotDone();
    subscription.resume();
    assertThat(viewer.seen()).isEqualTo("late");
    assertThat(viewer.end()).isDone();
  }

  @Test
  void aLateFollowerSeesTheLatestBytesAndThenWhatComesWithoutASeam() {
    OutputHub hub = UncountedMemory.hub(5);
    publish(hub, StdStream.STDOUT, "abc");
    publish(hub, StdStream.STDERR, "defg");
    Viewer viewer = new Viewer();
    Subscription subscription = hub.subscribe(viewer, 200, PLENTY);
    publish(hub, StdStream.STDOUT, "h");
    subscription.resume();
    publish(hub, StdStream.STDOUT, "i");
    assertThat(viewer.seen()).isEqualTo("c!defghi");
    hub.close();
    assertThat(viewer.end()).isDone();
  }

  @Test
  void whatIsReplayedIsAtMostWhatWasAskedForHoweverLongAPieceIs() {
    OutputHub hub = UncountedMemory.hub(4);
    publish(hub, StdStream.STDOUT, "0123456789");
    Viewer viewer = new Viewer();
    hub.subscribe(viewer, PLENTY, PLENTY).resume();
    assertThat(viewer.seen()).isEqualTo("6789");
    Viewer modest = new Viewer();
    hub.subscribe(modest, PLENTY, 3).resume();
    assertThat(modest.seen()).isEqualTo("789");
    Viewer never = new Viewer();
    hub.subscribe(never, PLENTY, 0).resume();
    assertThat(never.seen()).isEmpty();
    hub.close();
  }

  @Test
  void aFollowerThatPausesWithinTheReplayMissesNothingOfItNorOfWhatCame() {
    OutputHub hub = UncountedMemory.hub(100);
    for (int i = 0; i < 10; i++) {
      publish(hub, i % 2 == 0 ? StdStream.STDOUT : StdStream.STDERR, "" + i);
    }
    Viewer viewer = new Viewer();
    Subscription[] self = new Subscription[1];
    self[0] = hub.subscribe(new Pausing(viewer, () -> self[0].pause()), PLENTY, PLENTY);
    self[0].resume();
    assertThat(viewer.seen()).isEqualTo("0");
    publish(hub, StdStream.STDOUT, "a");
    hub.end();
    for (int i = 0; i < 11; i++) {
      self[0].resume();
    }
    assertThat(viewer.seen()).isEqualTo("0!12!34!56!78!9a");
    assertThat(viewer.end()).isDone();
  }

  @Test
  void oneThatIsCutOffWithinTheReplayIsToldAllThatItMissed() {
    OutputHub hub = UncountedMemory.hub(100);
    publish(hub, StdStream.STDOUT, "0123456789");
    Viewer slow = new Viewer();
    hub.subscribe(slow, 1000, PLENTY);
    publish(hub, StdStream.STDOUT, "x".repeat(1000));
    assertThat(slow.missed()).isCompletedWithValue(1010L);
  }

  @Test
  void whatIsKeptForReplayHoldsNoBuffersAndWhatWasNotReplayedNeither() {
    long before = directMemory();
    OutputHub hub = UncountedMemory.hub(100);
    ByteBuf bytes = Unpooled.directBuffer().writeZero(50);
    hub.publish(StdStream.STDOUT, bytes);
    assertThat(bytes.refCnt()).isOne();
    bytes.release();
    hub.subscribe(new Viewer(), PLENTY, PLENTY).close();
    Viewer viewer = new Viewer();
    hub.subscribe(viewer, PLENTY, PLENTY).resume();
    assertThat(viewer.seen()).hasSize(50);
    assertThat(directMemory()).isEqualTo(before);
  }

  private static long directMemory() {
    return UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** Pauses after each piece. */
  private record Pausing(OutputListener to, Runnable pause) implements OutputListener {
    @Override
    public void onOutput(StdStream stream, ByteBuf bytes) {
      to.onOutput(stream, bytes);
      pause.run();
    }

    @Override
    public void onEnd() {
      to.onEnd();
    }

    @Override
    public void onOverrun(long missedBytes) {
      to.onOverrun(missedBytes);
    }
  }

  @Test
  void oneMayLeaveWhileItIsBeingTold() {
    OutputHub hub = UncountedMemory.hub(0);
    Subscription[] self = new Subscription[1];
    Viewer viewer = new Viewer();
    OutputListener leaving =
        new OutputListener() {
          @Override
          public void onOutput(StdStream stream, ByteBuf bytes) {
            viewer.onOutput(stream, bytes);
            self[0].close();
          }

          @Override
          public void onEnd() {
            viewer.onEnd();
          }

          @Override
          public void onOverrun(long missedBytes) {
            viewer.onOverrun(missedBytes);
          }
        };
    self[0] = hub.subscribe(leaving, PLENTY, 0);
    self[0].resume();
    publish(hub, StdStream.STDOUT, "a");
    publish(hub, StdStream.STDOUT, "b");
    hub.end();
    assertThat(viewer.seen()).isEqualTo("a");
    assertThat(viewer.end()).isNotDone();
  }

  @Test
  void oneThatLeftHoldsNoBuffers() {
    OutputHub hub = UncountedMemory.hub(0);
    Subscription subscription = hub.subscribe(new Viewer(), PLENTY, 0);
    ByteBuf bytes = Unpooled.directBuffer().writeByte('x');
    hub.publish(StdStream.STDOUT, bytes);
    assertThat(bytes.refCnt()).isEqualTo(2);
    subscription.close();
    assertThat(bytes.refCnt()).isOne();
    bytes.release();
  }
}
