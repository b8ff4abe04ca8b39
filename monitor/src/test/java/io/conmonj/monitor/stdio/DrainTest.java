package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(10);

  private LoopThread thread;
  private ReadBuffer buffer;
  private Pipe pipe;
  private PipeReader reader;
  private final Follower follower = new Follower();

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    buffer = UncountedMemory.buffer();
    pipe = Pipe.open();
    reader =
        thread.call(
            () ->
                PipeReader.open(
                    thread.loop(), Fd.adopt(pipe.readEnd().release()), buffer, follower));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(reader::close);
    thread.run(buffer::close);
    thread.close();
    pipe.close();
  }

  private CompletableFuture<Boolean> drain(DrainLimits limits) throws Exception {
    return thread.call(() -> Drain.start(thread.loop(), limits, List.of(reader)).done());
  }

  private void write(String text) throws IOException {
    Io.write(pipe.writeEnd(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsOverWhenTheStreamsHaveEnded() throws Exception {
    thread.run(reader::resume);
    CompletableFuture<Boolean> done = drain(new DrainLimits(LONG, LONG, LONG));
    write("last words");
    pipe.writeEnd().close();
    assertThat(LoopThread.await(done)).isTrue();
    assertThat(follower.text()).isEqualTo("last words");
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Eof());
  }

  @Test
  void streamsThatHaveEndedAlreadyAreOverAtOnce() throws Exception {
    thread.run(reader::close);
    assertThat(drain(new DrainLimits(LONG, LONG, LONG))).isCompletedWithValue(true);
  }

  @Test
  void aQuietStreamThatSomebodyHoldsIsGivenUpAfterTheQuietTime() throws Exception {
    thread.run(reader::resume);
    write("before");
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, LONG, LONG));
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(follower.text()).isEqualTo("before");
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Abandoned(true));
  }

  @Test
  void aStreamThatNeverFallsQuietIsGivenUpAfterTheTotalTime() throws Exception {
    thread.run(reader::resume);
    // Longer than who writes here has to wait for a processor.
    Duration quiet = Duration.ofSeconds(2);
    CompletableFuture<Boolean> done = drain(new DrainLimits(quiet, quiet.multipliedBy(2), LONG));
    while (!done.isDone()) {
      try {
        write("on and on");
      } catch (IOException abandoned) {
        break;
      }
    }
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Abandoned(false));
  }

  @Test
  void timeInWhichTheListenerHoldsTheStreamBackDoesNotCount() throws Exception {
    write("waits for the listener");
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, SHORT, LONG));
    CompletableFuture<Void> muchLater = new CompletableFuture<>();
    thread.run(() -> thread.loop().schedule(SHORT.multipliedBy(5), () -> muchLater.complete(null)));
    LoopThread.await(muchLater);
    assertThat(done).isNotDone();
    thread.run(reader::resume);
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(follower.text()).isEqualTo("waits for the listener");
  }

  @Test
  void aListenerThatHoldsItBackForEverIsNotWaitedForForEver() throws Exception {
    write("never taken");
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, LONG, SHORT));
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(follower.bytes()).isEmpty();
  }

  @Test
  void whatAListenerNeverTookIsALossAndNotAnEnd() throws Exception {
    write("never taken");
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, LONG, SHORT));
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(LoopThread.await(follower.end())).isInstanceOf(StreamEnd.Failed.class);
    assertThat(thread.call(reader::bytesLost)).isEqualTo("never taken".length());
  }

  @Test
  void ofAStreamThatWasReadToItsEndNothingIsLost() throws Exception {
    thread.run(reader::resume);
    CompletableFuture<Boolean> done = drain(new DrainLimits(LONG, LONG, LONG));
    write("last words");
    pipe.writeEnd().close();
    assertThat(LoopThread.await(done)).isTrue();
    assertThat(thread.call(reader::bytesLost)).isZero();
  }

  @Test
  void allThatAFullPipeHoldsIsCountedWhenItIsGivenUp() throws Exception {
    Fcntl.setNonBlocking(pipe.writeEnd(), true);
    byte[] block = new byte[4096];
    int full = 0;
    int count;
    while ((count = Io.write(pipe.writeEnd(), block)) > 0) {
      full += count;
    }
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, LONG, SHORT));
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(thread.call(reader::bytesLost)).isEqualTo(full).isGreaterThan(block.length);
  }

  @Test
  void aListenerThatThrowsDoesNotKeepTheEndFromComing() throws Exception {
    CompletableFuture<StreamEnd> end = new CompletableFuture<>();
    thread.run(
        () ->
            reader.listener(
                new BytesListener() {
                  @Override
                  public void onBytes(ByteBuf bytes) {
                    bytes.release();
                    throw new IllegalStateException("this test's own");
                  }

                  @Override
                  public void onEnd(StreamEnd reason) {
                    end.complete(reason);
                  }
                }));
    // Nobody is told that there is something to read: the drain itself finds it.
    CompletableFuture<Boolean> done =
        thread.call(
            () -> {
              reader.resume();
              CompletableFuture<Boolean> started =
                  Drain.start(thread.loop(), new DrainLimits(SHORT, LONG, LONG), List.of(reader))
                      .done();
              write("unreadable");
              assertThat(reader.poll()).isTrue();
              return started;
            });
    LoopThread.await(done);
    assertThat(LoopThread.await(end)).isInstanceOf(StreamEnd.Failed.class);
  }

  @Test
  void bytesThatNobodyHadTimeToReadAreNotTakenForQuiet() throws Exception {
    thread.run(reader::resume);
    CompletableFuture<Boolean> done = drain(new DrainLimits(SHORT, LONG, LONG));
    // The loop is away for longer than the quiet time, and meanwhile something is written.
    thread.run(
        () -> {
          write("unread");
          long until = System.nanoTime() + SHORT.multipliedBy(3).toNanos();
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
        });
    assertThat(LoopThread.await(done)).isFalse();
    assertThat(follower.text()).isEqualTo("unread");
  }
}
