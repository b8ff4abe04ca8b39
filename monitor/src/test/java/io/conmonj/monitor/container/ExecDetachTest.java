package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.StreamEnd;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that its client has left to itself. */
class ExecDetachTest extends WithContainers {
  private Container container;

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    container = fixture.sleeping();
  }

  @Test
  void outputThatItsClientDidNotReadHoldsItBackNoMore() throws Exception {
    ExecSpec spec = ContainersFixture.exec(true, true, "sh", "-c", "seq 1 200000; exit 5");
    ExecProcess process = fixture.thread.await(() -> container.exec(spec).started());
    PipeReader output = fixture.thread.call(() -> process.outputs().getFirst());
    fixture.thread.run(() -> process.deliver(new Unread(output), BytesListener.DISCARD));
    while (!fixture.thread.call(output::paused)) {
      assertThat(process.exited()).isNotDone();
    }
    fixture.thread.run(process::detach);
    assertThat(fixture.thread.await(process::finished)).isEqualTo(5);
    assertThat(output.bytesRead()).isGreaterThan(1_000_000);
  }

  @Test
  void itIsToldApartFromOneWhoseClientHasGone() throws Exception {
    ExecSpec spec = ContainersFixture.exec(true, true, "cat");
    ExecProcess process = fixture.thread.await(() -> container.exec(spec).started());
    fixture.thread.run(() -> process.deliver(BytesListener.DISCARD, BytesListener.DISCARD));
    fixture.thread.run(process::detach);
    assertThat(fixture.thread.call(process::description))
        .isEqualTo("pid " + process.pid() + ", its client has detached");
    fixture.thread.run(process::kill);
    assertThat(fixture.thread.await(process::finished)).isEqualTo(128 + 9);
  }

  /** A client that takes the first bytes and then no more. */
  private record Unread(PipeReader output) implements BytesListener {
    @Override
    public void onBytes(ByteBuf bytes) {
      bytes.release();
      output.pause();
    }

    @Override
    public void onEnd(StreamEnd end) {}
  }
}
