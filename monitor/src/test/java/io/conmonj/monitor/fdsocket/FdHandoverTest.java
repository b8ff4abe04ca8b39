package io.conmonj.monitor.fdsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Handover;
import io.conmonj.monitor.state.Inheritance;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The descriptor socket when its worker is killed and another goes on with it. */
class FdHandoverTest {
  @TempDir Path directory;
  private Handover handover;
  private LoopThread killed;
  private LoopThread thread;
  private FdSocket before;
  private FdSocket after;
  private Path path;
  private Pipe pipe;

  @BeforeEach
  void start() throws Exception {
    path = directory.resolve("conmon-fd.sock");
    pipe = Pipe.open();
    handover = Handover.start();
    killed = LoopThread.start();
    before = killed.call(() -> new FdSocket(killed.loop(), path, handover.keeping(killed.loop())));
    killed.call(before::start);
    thread = LoopThread.start();
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(after::close);
    thread.close();
    handover.close();
    pipe.close();
  }

  /** Kills the worker, and lets another go on. */
  private void goOn() throws Exception {
    // The state of the last turn is written at its end.
    killed.run(() -> {});
    killed.close();
    Inheritance left = handover.kill();
    after = thread.call(() -> new FdSocket(thread.loop(), path, handover.keeping(thread.loop())));
    thread.run(() -> after.restore(left));
    assertThat(left.left()).isEmpty();
  }

  private List<Fd> take(long... slots) throws Exception {
    List<Long> numbers = Arrays.stream(slots).boxed().toList();
    return thread.call(() -> after.take(numbers, List.of()).additional());
  }

  @Test
  void whatWasSentIsInItsSlotsAndTheConnectionGoesOn() throws Exception {
    try (SendingClient client = SendingClient.connect(path);
        SendingClient other = SendingClient.connect(path)) {
      long[] slots = client.send(7, pipe.readEnd(), pipe.writeEnd());
      long[] others = other.send(7, pipe.writeEnd());
      goOn();
      List<Fd> taken = take(slots[1], slots[0]);
      assertThat(Io.write(taken.get(0), new byte[] {42})).isEqualTo(1);
      byte[] read = new byte[1];
      assertThat(Io.read(taken.get(1), read)).isEqualTo(1);
      taken.forEach(Fd::close);
      assertThatThrownBy(() -> take(slots[0])).hasMessageContaining("no file descriptor in slot");
      assertThat(client.send(8, pipe.readEnd())[0])
          .as("a slot is never given out again")
          .isGreaterThan(others[0]);
    }
    // Their senders have left.
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (thread.call(after::held) > 0) {
      assertThat(System.nanoTime()).as("what they sent is closed").isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  @Test
  void whoComesWhileThereIsNoWorkerIsServed() throws Exception {
    killed.run(() -> {});
    killed.close();
    Inheritance left = handover.kill();
    try (SendingClient client = SendingClient.connect(path)) {
      assertThat(client.packet(SendingClient.request(3, 1), List.of(pipe.readEnd()))).isTrue();
      after = thread.call(() -> new FdSocket(thread.loop(), path, handover.keeping(thread.loop())));
      thread.run(() -> after.restore(left));
      assertThat(client.reply().getInt()).isEqualTo(1);
      assertThat(thread.call(after::start)).isEqualTo(path);
    }
  }

  @Test
  void nobodyIsToldOfSlotsThatTheNextWorkerWouldNotKnow() throws Exception {
    handover.refuse(state -> state.getFdSocket().getLastSlot() > 0);
    try (SendingClient client = SendingClient.connect(path)) {
      client.packet(SendingClient.request(7, 1), List.of(pipe.readEnd()));
      client.packet(SendingClient.request(8, 1), List.of(pipe.writeEnd()));
      handover.awaitRefusals();
      assertThat(client.isLeftWaiting()).isTrue();
      assertThat(killed.call(before::owesAnswer)).as("no time to hand over").isTrue();
      handover.refuse(state -> false);
      long slot = slot(client.reply(), 7);
      long next = slot(client.reply(), 8);
      assertThat(killed.call(before::owesAnswer)).isFalse();
      goOn();
      List<Fd> taken = take(slot, next);
      assertThat(Io.write(taken.get(1), new byte[] {42})).isEqualTo(1);
      assertThat(Io.read(taken.get(0), new byte[1])).isEqualTo(1);
      taken.forEach(Fd::close);
    }
  }

  @Test
  void whoWaitsForAnAnswerWhenTheWorkerIsKilledHasItFromTheNext() throws Exception {
    handover.refuse(state -> state.getFdSocket().getLastSlot() > 0);
    try (SendingClient client = SendingClient.connect(path)) {
      client.packet(SendingClient.request(7, 1), List.of(pipe.readEnd()));
      client.packet(SendingClient.request(8, 1), List.of(pipe.writeEnd()));
      handover.awaitRefusals();
      goOn();
      handover.refuse(state -> false);
      List<Fd> taken = take(slot(client.reply(), 7), slot(client.reply(), 8));
      assertThat(Io.write(taken.get(1), new byte[] {42})).isEqualTo(1);
      assertThat(Io.read(taken.get(0), new byte[1])).isEqualTo(1);
      taken.forEach(Fd::close);
    }
  }

  private static long slot(ByteBuffer reply, int request) {
    assertThat(reply.getInt()).isEqualTo(1);
    assertThat(reply.getInt()).isEqualTo(request);
    return reply.getLong();
  }

  @Test
  void whatTheNextWorkerWouldNotKnowIsRefusedInTheEnd() throws Exception {
    killed.run(before::close);
    handover.refuse(state -> true);
    FdSocket impatient =
        killed.call(
            () ->
                new FdSocket(
                    killed.loop(), path, handover.keeping(killed.loop(), Duration.ofMillis(1))));
    killed.call(impatient::start);
    try (SendingClient client = SendingClient.connect(path)) {
      client.packet(SendingClient.request(7, 1), List.of(pipe.readEnd()));
      assertThat(client.refusal(7)).contains("the state could not be kept");
      assertThat(killed.call(impatient::held)).isZero();
      handover.refuse(state -> false);
      assertThat(client.send(8, pipe.readEnd())).hasSize(1);
    }
    killed.run(impatient::close);
    goOn();
  }

  @Test
  void oneThatNobodyHasAskedForIsStillNotThere() throws Exception {
    killed.run(before::close);
    goOn();
    assertThat(path).doesNotExist();
    SendingClient.connect(thread.call(after::start)).close();
  }
}
