package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.log.TightLog;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.HeldStream;
import io.conmonj.monitor.stdio.OutputHub;
import io.conmonj.monitor.stdio.OutputListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.StdStream;
import io.conmonj.monitor.stdio.UncountedMemory;
import io.conmonj.monitor.stdio.Viewer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container's pipes and log, when there is no memory for one part of the way. */
class OutputWithoutMemoryTest {
  private final ReadBuffer buffer = UncountedMemory.buffer();
  private LoopThread thread;
  private Pipe stdout;
  private Pipe stderr;
  private ProcessStreams streams;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    stdout = Pipe.open();
    stderr = Pipe.open();
    streams =
        thread.call(
            () ->
                new ProcessStreams.Pipes(
                    Optional.empty(),
                    PipeReader.open(
                        thread.loop(),
                        Fd.adopt(stdout.readEnd().release()),
                        buffer,
                        BytesListener.DISCARD),
                    HeldStream.open(thread.loop(), Fd.adopt(stderr.readEnd().release()), buffer)));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(streams::hangUp);
    thread.run(buffer::close);
    thread.close();
    stdout.close();
    stderr.close();
  }

  @Test
  void aViewerForWhomThereIsNoMemoryIsEndedAndNeitherLogNorContainerNoticesIt() throws Exception {
    TightLog log = new TightLog(0);
    OutputHub hub = UncountedMemory.hub(0);
    ContainerOutput output = new ContainerOutput(thread.loop(), "test", log, hub);
    CompletableFuture<Long> missed = new CompletableFuture<>();
    Viewer other = new Viewer();
    thread.run(
        () -> {
          hub.subscribe(new TightViewer(missed), 1000, 0).resume();
          hub.subscribe(other, 1000, 0).resume();
          output.start(streams, Optional.empty());
        });
    write(stdout, "one\n");
    assertThat(LoopThread.await(missed)).isEqualTo(4);
    write(stdout, "two\n");
    awaitLog(log, "one\ntwo\n");
    assertThat(other.seen()).isEqualTo("one\ntwo\n");
  }

  @Test
  void whatTheLogHasNoMemoryForIsLoggedLaterInItsOrderAndThePipeStaysOpen() throws Exception {
    write(stderr, "said while it was made\n");
    TightLog log = new TightLog(3);
    OutputHub hub = UncountedMemory.hub(0);
    ContainerOutput output = new ContainerOutput(thread.loop(), "test", log, hub);
    Viewer viewer = new Viewer();
    thread.run(
        () -> {
          hub.subscribe(viewer, 1000, 0).resume();
          output.start(streams, Optional.empty());
        });
    awaitLog(log, "said while it was made\n");
    write(stdout, "one\n");
    for (int turn = 0; turn < 50; turn++) {
      thread.run(() -> {});
    }
    write(stdout, "two\n");
    awaitLog(log, "said while it was made\none\ntwo\n");
    assertThat(viewer.seen()).isEqualTo("!said while it was made\none\ntwo\n");
  }

  private static void write(Pipe to, String text) throws IOException {
    Io.write(to.writeEnd(), text.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitLog(TightLog log, String expected) throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!log.text().equals(expected) && System.nanoTime() < end) {
      thread.run(() -> {});
    }
    assertThat(log.text()).isEqualTo(expected);
  }

  private record TightViewer(CompletableFuture<Long> missed) implements OutputListener {
    @Override
    public void onOutput(StdStream stream, ByteBuf bytes) {
      bytes.release();
      throw new OutOfMemoryError("this test's own: no memory to copy it");
    }

    @Override
    public void onEnd() {
      missed.completeExceptionally(new AssertionError("ended as if all had been seen"));
    }

    @Override
    public void onOverrun(long missedBytes) {
      missed.complete(missedBytes);
    }
  }
}
