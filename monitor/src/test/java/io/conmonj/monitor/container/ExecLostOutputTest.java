package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.monitor.stdio.UncountedMemory;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that is run to its end, whose output meets an unexpected exception. */
class ExecLostOutputTest extends WithContainers {
  private static final int STDOUT = 0;
  private static final int STDERR = 1;
  private static final Duration NO_TIMEOUT = Duration.ZERO;

  private Container container;

  /** Has read what it loses before it throws. */
  private static final class Throwing implements BytesListener {
    private final RuntimeException thrown;

    Throwing(RuntimeException thrown) {
      this.thrown = thrown;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
      bytes.release();
      throw thrown;
    }

    @Override
    public void onEnd(StreamEnd end) {}
  }

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    container = fixture.sleeping();
  }

  @Test
  void lostOutputIsNotAnsweredAsNone() throws Exception {
    Throwing listener = new Throwing(new IllegalStateException("this test's own"));
    ExecSyncRun run = run("echo lost", NO_TIMEOUT, STDOUT, listener);
    assertThatThrownBy(() -> LoopThread.await(run.result()))
        .hasMessage("keep the output of a command that ended with 0: read pipe: this test's own");
  }

  @Test
  void norIsLostErrorOutputAndTheReasonIsNamedWhereItHasNoWords() throws Exception {
    Throwing listener = new Throwing(new IndexOutOfBoundsException());
    ExecSyncRun run = run("echo kept; echo lost >&2; exit 3", NO_TIMEOUT, STDERR, listener);
    assertThatThrownBy(() -> LoopThread.await(run.result()))
        .hasMessage(
            "keep the output of a command that ended with 3:"
                + " read pipe: IndexOutOfBoundsException");
  }

  @Test
  void aCommandThatTookTooLongIsAnsweredAsThatAlsoWhereItsOutputIsLost() throws Exception {
    Throwing listener = new Throwing(new IllegalStateException("this test's own"));
    // It goes on although its output has nowhere to go, and longer than any time limit.
    ExecSyncRun run =
        run("trap '' PIPE; echo lost; sleep 100000", Duration.ofSeconds(3), STDOUT, listener);
    try (ExecSyncResult result = LoopThread.await(run.result())) {
      assertThat(result.timedOut()).isTrue();
      assertThat(result.exitCode()).isEqualTo(ExecSyncResult.TIMED_OUT);
    }
  }

  /** The script is begun once the listener is in the place of what keeps the output. */
  private ExecSyncRun run(String script, Duration timeout, int stream, BytesListener listener)
      throws Exception {
    String waiting = "until [ -e /dev/shm/go ]; do busybox usleep 10000; done; " + script;
    ExecProcess process =
        fixture.thread.call(
            () -> container.exec(ContainersFixture.exec(false, false, "sh", "-c", waiting)));
    LoopThread.await(process.started());
    ExecSyncRun run =
        fixture.thread.call(
            () -> new ExecSyncRun(fixture.loop, process, UncountedMemory.account(), timeout));
    fixture.thread.run(() -> process.outputs().get(stream).listener(listener));
    ContainersFixture.stdout(fixture.execSync(container, "sh", "-c", ": >/dev/shm/go"));
    return run;
  }
}
