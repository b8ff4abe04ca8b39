package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowersTest {
  private static final int CHUNK = 1000;

  private final MemoryAccount account = MemoryAccount.open("viewers", 10_000, Runnable::run);
  private final OutputHub hub = new OutputHub(0, account, new Followers(account));

  @Test
  void whenTooMuchWaitsTheOneWhoIsFarthestBehindIsCutOffAndTheOthersGoOn() {
    Viewer slow = new Viewer();
    Subscription slowest = hub.subscribe(slow, 1 << 20, 0);
    write(5);
    Viewer modest = new Viewer();
    Subscription behind = hub.subscribe(modest, 1 << 20, 0);
    Viewer quick = new Viewer();
    hub.subscribe(quick, 1 << 20, 0).resume();
    write(3);

    assertThat(slow.missed).as("told what it missed").containsExactly(7L * CHUNK);
    behind.resume();
    assertThat(modest.received).isEqualTo(3 * CHUNK);
    assertThat(quick.received).isEqualTo(3 * CHUNK);
    assertThat(modest.missed).isEmpty();
    assertThat(account.held()).isZero();
    slowest.close();
  }

  @Test
  void whatWaitsForOneWhoLeavesIsFree() {
    Subscription behind = hub.subscribe(new Viewer(), 1 << 20, 0);
    write(5);
    assertThat(account.held()).isGreaterThan(5 * CHUNK);
    behind.close();
    assertThat(account.held()).isZero();
  }

  private void write(int chunks) {
    for (int i = 0; i < chunks; i++) {
      ByteBuf bytes = Unpooled.buffer(CHUNK).writeZero(CHUNK);
      hub.publish(StdStream.STDOUT, bytes);
      bytes.release();
    }
  }

  private static final class Viewer implements OutputListener {
    private final List<Long> missed = new ArrayList<>();
    private int received;

    @Override
    public void onOutput(StdStream stream, ByteBuf bytes) {
      received += bytes.readableBytes();
      bytes.release();
    }

    @Override
    public void onEnd() {}

    @Override
    public void onOverrun(long missedBytes) {
      missed.add(missedBytes);
    }
  }
}
