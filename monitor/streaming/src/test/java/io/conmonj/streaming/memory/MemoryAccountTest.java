package io.conmonj.streaming.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class MemoryAccountTest {
  private static final int KIB = 1024;

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final MemoryAccount account = MemoryAccount.open("sessions", 64 * KIB, later::add);

  @Test
  void aBufferIsCountedUntilTheLastShareOfItIsReleased() {
    ByteBuf buffer = account.allocator().buffer(4 * KIB);
    ByteBuf oneByte = buffer.retainedSlice(100, 1);

    assertThat(account.held()).isEqualTo(4 * KIB);
    buffer.release();
    assertThat(account.held()).isEqualTo(4 * KIB);
    oneByte.release();
    assertThat(account.held()).isZero();
  }

  @Test
  void aBufferThatGrowsOrShrinksIsCountedAsItIs() {
    for (boolean direct : new boolean[] {true, false}) {
      ByteBuf buffer =
          direct ? account.allocator().directBuffer(100) : account.allocator().heapBuffer(100);
      buffer.capacity(1000);
      assertThat(account.held()).isEqualTo(1000);
      buffer.capacity(10);
      assertThat(account.held()).isEqualTo(10);
      buffer.release();
      assertThat(account.held()).isZero();
    }
  }

  @Test
  void partsOfACompositeBufferAreCounted() {
    var composite = account.allocator().compositeDirectBuffer();
    composite.addComponent(true, account.allocator().directBuffer(300));
    assertThat(account.held()).isEqualTo(300);
    composite.release();
    assertThat(account.held()).isZero();
  }

  @Test
  void whatAShareHoldsTheAccountHoldsToo() {
    MemoryAccount share = account.share(16 * KIB, KIB);
    ByteBuf buffer = share.allocator().directBuffer(3 * KIB);

    assertThat(share.held()).isEqualTo(3 * KIB);
    assertThat(account.held()).isEqualTo(3 * KIB);
    buffer.release();
    assertThat(account.held()).isZero();
  }

  @Test
  void aShareHasNoRoomBeyondItsOwnLimit() {
    MemoryAccount share = account.share(16 * KIB, KIB);
    share.hold(10 * KIB);
    assertThat(share.room()).isEqualTo(6 * KIB);
    share.hold(6 * KIB);
    assertThat(share.hasRoom()).isFalse();
  }

  @Test
  void theGreedyAreStoppedBeforeTheModest() {
    MemoryAccount greedy = account.share(64 * KIB, KIB);
    MemoryAccount modest = account.share(64 * KIB, KIB);
    greedy.hold(40 * KIB);
    modest.hold(8 * KIB);

    assertThat(greedy.hasRoom()).isFalse();
    assertThat(modest.room()).isEqualTo(8 * KIB);
  }

  @Test
  void eachShareHasWhatItIsAssuredHoweverFullTheAccountIs() {
    account.share(64 * KIB, KIB).hold(64 * KIB);
    MemoryAccount late = account.share(64 * KIB, KIB);

    assertThat(late.room()).isEqualTo(KIB);
    late.hold(KIB);
    assertThat(late.hasRoom()).isFalse();
  }

  @Test
  void eachDirectionOfAShareHasWhatItIsAssuredHoweverMuchTheOtherHolds() {
    MemoryAccount incoming = account.share(16 * KIB, KIB);
    MemoryAccount outgoing = incoming.outgoing();
    incoming.hold(20 * KIB);

    assertThat(incoming.hasRoom()).isFalse();
    assertThat(outgoing.room()).isEqualTo(KIB);
    outgoing.hold(KIB);
    assertThat(outgoing.hasRoom()).isFalse();

    incoming.free(20 * KIB);
    outgoing.hold(20 * KIB);
    assertThat(outgoing.hasRoom()).isFalse();
    assertThat(incoming.room()).isEqualTo(KIB);
  }

  @Test
  void bothDirectionsCountForTheShareAndTheAccount() {
    MemoryAccount share = account.share(16 * KIB, KIB);
    ByteBuf in = share.allocator().directBuffer(2 * KIB);
    ByteBuf out = share.outgoing().allocator().directBuffer(3 * KIB);

    assertThat(share.held()).isEqualTo(5 * KIB);
    assertThat(account.held()).isEqualTo(5 * KIB);
    assertThat(share.room()).isEqualTo(11 * KIB);
    assertThat(share.outgoing().room()).isEqualTo(11 * KIB);
    in.release();
    assertThat(share.held()).isEqualTo(3 * KIB);
    out.release();
    assertThat(account.held()).isZero();
  }

  @Test
  void whoWaitsInOneDirectionIsToldThoughTheOtherHoldsAll() {
    MemoryAccount share = account.share(16 * KIB, 2 * KIB);
    List<String> told = new ArrayList<>();
    share.hold(20 * KIB);
    share.outgoing().hold(2 * KIB);
    share.outgoing().whenRoom(() -> told.add("room"));
    runLater();
    assertThat(told).isEmpty();

    share.outgoing().free(KIB);
    runLater();
    assertThat(told).containsExactly("room");
  }

  @Test
  void anAccountThatIsNoShareHasOneDirection() {
    assertThat(account.outgoing()).isSameAs(account);
    assertThat(MemoryAccount.of(UnpooledByteBufAllocator.DEFAULT).outgoing().hasRoom()).isTrue();
  }

  @Test
  void whoWaitsIsToldWhenHalfIsFreeAndNotBefore() {
    MemoryAccount share = account.share(16 * KIB, KIB);
    List<String> told = new ArrayList<>();
    share.hold(16 * KIB);
    share.whenRoom(() -> told.add("room"));
    runLater();
    assertThat(told).isEmpty();

    share.free(4 * KIB);
    runLater();
    assertThat(told).isEmpty();

    share.free(4 * KIB);
    runLater();
    assertThat(told).containsExactly("room");

    share.free(8 * KIB);
    runLater();
    assertThat(told).containsExactly("room");
  }

  @Test
  void whoWaitsForTheWholeAccountIsToldWhenAnotherShareGivesBack() {
    MemoryAccount other = account.share(64 * KIB, KIB);
    MemoryAccount share = account.share(64 * KIB, KIB);
    List<String> told = new ArrayList<>();
    other.hold(62 * KIB);
    share.hold(2 * KIB);
    assertThat(share.hasRoom()).isFalse();
    share.whenRoom(() -> told.add("room"));

    other.free(60 * KIB);
    runLater();

    assertThat(told).containsExactly("room");
  }

  @Test
  void whatDoesNotFitIsNotTaken() {
    assertThat(account.tryHold(60 * KIB)).isTrue();
    assertThat(account.tryHold(5 * KIB)).isFalse();
    assertThat(account.held()).isEqualTo(60 * KIB);
  }

  private void runLater() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
  }
}
