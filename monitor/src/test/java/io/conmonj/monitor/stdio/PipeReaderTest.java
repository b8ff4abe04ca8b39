package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeReaderTest {
  private LoopThread thread;
  private ReadBuffer buffer;
  private Pipe pipe;
  private final Follower follower = new Follower();

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    buffer = UncountedMemory.buffer();
    pipe = Pipe.open();
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(buffer::close);
    thread.close();
    pipe.close();
  }

  private PipeReader open(Pipe of, BytesListener listener) throws Exception {
    return thread.call(
        () -> PipeReader.open(thread.loop(), Fd.adopt(of.readEnd().release()), buffer, listener));
  }

  private static void write(Pipe to, String text) throws IOException {
    Io.write(to.writeEnd(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsReadBeforeTheFirstResume() throws Exception {
    PipeReader reader = open(pipe, follower);
    write(pipe, "early");
    for (int turn = 0; turn < 50; turn++) {
      thread.run(() -> {});
    }
    assertThat(follower.bytes()).isEmpty();
    thread.run(reader::resume);
    follower.awaitText("early");
    thread.run(reader::close);
  }

  @Test
  void everythingThatWasWrittenComesBeforeTheEnd() throws Exception {
    PipeReader reader = open(pipe, follower);
    write(pipe, "all of it");
    pipe.writeEnd().close();
    thread.run(reader::resume);
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Eof());
    assertThat(follower.text()).isEqualTo("all of it");
    LoopThread.await(reader.finished());
    boolean paused = thread.call(() -> reader.paused());
    assertThat(paused).isFalse();
  }

  @Test
  void aListenerThatPausesGetsNoMoreUntilItResumes() throws Exception {
    PipeReader[] self = new PipeReader[1];
    BytesListener pausing =
        new BytesListener() {
          @Override
          public void onBytes(ByteBuf bytes) {
            follower.onBytes(bytes);
            self[0].pause();
          }

          @Override
          public void onEnd(StreamEnd end) {
            follower.onEnd(end);
          }
        };
    self[0] = open(pipe, pausing);
    write(pipe, "one");
    thread.run(() -> self[0].resume());
    follower.awaitText("one");
    write(pipe, "two");
    pipe.writeEnd().close();
    for (int turn = 0; turn < 50; turn++) {
      thread.run(() -> {});
    }
    assertThat(follower.text()).isEqualTo("one");
    thread.run(() -> self[0].resume());
    follower.awaitText("onetwo");
    assertThat(follower.end()).isNotDone();
    thread.run(() -> self[0].resume());
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Eof());
  }

  @Test
  void aStreamThatNeverRunsDryDoesNotKeepAnotherWaiting() throws Exception {
    // A feeder that writes as fast as the pipe takes it.
    AtomicInteger chatty = new AtomicInteger();
    PipeReader torrent =
        open(
            pipe,
            new BytesListener() {
              @Override
              public void onBytes(ByteBuf bytes) {
                chatty.addAndGet(bytes.readableBytes());
                bytes.release();
              }

              @Override
              public void onEnd(StreamEnd end) {}
            });
    Thread feeder =
        Thread.ofPlatform()
            .start(
                () -> {
                  byte[] block = new byte[64 * 1024];
                  try {
                    while (true) {
                      Io.write(pipe.writeEnd(), block);
                    }
                  } catch (IOException closed) {
                    // The reader has been closed: the test is over.
                  }
                });
    thread.run(torrent::resume);
    while (chatty.get() == 0) {
      Thread.onSpinWait();
    }
    try (Pipe quiet = Pipe.open()) {
      PipeReader other = open(quiet, follower);
      thread.run(other::resume);
      write(quiet, "heard");
      follower.awaitText("heard");
      thread.run(other::close);
    }
    thread.run(torrent::close);
    feeder.join();
    assertThat(chatty.get()).isPositive();
  }

  @Test
  void fewBytesDoNotHoldABigBufferAndThereIsRoomForAHeaderBeforeThem() throws Exception {
    CompletableFuture<ByteBuf> received = new CompletableFuture<>();
    PipeReader reader =
        open(
            pipe,
            new BytesListener() {
              @Override
              public void onBytes(ByteBuf bytes) {
                received.complete(bytes);
              }

              @Override
              public void onEnd(StreamEnd end) {}
            });
    write(pipe, "abc");
    thread.run(reader::resume);
    ByteBuf bytes = LoopThread.await(received);
    assertThat(bytes.capacity()).isEqualTo(ReadBuffer.HEADROOM + 3);
    assertThat(bytes.readerIndex()).isEqualTo(ReadBuffer.HEADROOM);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("abc");
    bytes.release();
    thread.run(reader::close);
  }

  @Test
  void aListenerThatThrowsEndsItsOwnStreamWithTheReason() throws Exception {
    PipeReader reader =
        open(
            pipe,
            new BytesListener() {
              @Override
              public void onBytes(ByteBuf bytes) {
                bytes.release();
                throw new IllegalStateException("this test's own");
              }

              @Override
              public void onEnd(StreamEnd end) {
                follower.onEnd(end);
              }
            });
    write(pipe, "x");
    thread.run(reader::resume);
    assertThat(LoopThread.await(follower.end()))
        .isInstanceOfSatisfying(
            StreamEnd.Failed.class,
            failed -> assertThat(failed.cause()).hasMessage("read pipe: this test's own"));
    boolean ended = thread.call(() -> reader.ended());
    assertThat(ended).isTrue();
  }

  @Test
  void aPipeForWhichThereIsNoMemoryIsReadLaterAndStaysOpen() throws Exception {
    ScarceMemory memory = new ScarceMemory();
    ReadBuffer tight = new ReadBuffer(memory);
    memory.failNext(3);
    PipeReader reader =
        thread.call(
            () ->
                PipeReader.open(
                    thread.loop(), Fd.adopt(pipe.readEnd().release()), tight, follower));
    write(pipe, "one ");
    thread.run(reader::resume);
    follower.awaitText("one ");
    assertThat(memory.failures()).isEqualTo(3);
    write(pipe, "two");
    follower.awaitText("one two");
    assertThat(follower.end()).isNotDone();
    thread.run(reader::close);
    thread.run(tight::close);
  }

  @Test
  void whatAListenerHasNoMemoryForIsGivenToItAgainBeforeAnythingElse() throws Exception {
    PipeReader[] self = new PipeReader[1];
    AtomicInteger refusals = new AtomicInteger(3);
    BytesListener tight =
        new BytesListener() {
          @Override
          public void onBytes(ByteBuf bytes) {
            if (refusals.getAndDecrement() > 0) {
              self[0].takeBack(bytes);
            } else {
              follower.onBytes(bytes);
            }
          }

          @Override
          public void onEnd(StreamEnd end) {
            follower.onEnd(end);
          }
        };
    self[0] = open(pipe, tight);
    write(pipe, "first ");
    thread.run(() -> self[0].resume());
    while (refusals.get() == 3) {
      thread.run(() -> {});
    }
    assertThat(thread.call(() -> self[0].paused())).isTrue();
    write(pipe, "then");
    pipe.writeEnd().close();
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Eof());
    assertThat(follower.text()).isEqualTo("first then");
  }

  @Test
  void whatAListenerNeverHadMemoryForIsToldToBeLost() throws Exception {
    long before = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    PipeReader[] self = new PipeReader[1];
    BytesListener tight =
        new BytesListener() {
          @Override
          public void onBytes(ByteBuf bytes) {
            self[0].takeBack(bytes);
          }

          @Override
          public void onEnd(StreamEnd end) {
            follower.onEnd(end);
          }
        };
    self[0] = open(pipe, tight);
    write(pipe, "lost");
    thread.run(() -> self[0].resume());
    while (!thread.call(() -> self[0].hasTakenBack())) {
      thread.run(() -> {});
    }
    write(pipe, " and more");
    thread.run(() -> self[0].abandon(true));
    assertThat(LoopThread.await(follower.end())).isInstanceOf(StreamEnd.Failed.class);
    assertThat(thread.call(() -> self[0].bytesLost())).isEqualTo("lost and more".length());
    thread.run(buffer::close);
    assertThat(UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isEqualTo(before);
  }

  @Test
  void aListenerThatRunsOutOfMemoryEndsItsOwnStreamWithTheReason() throws Exception {
    PipeReader reader =
        open(
            pipe,
            new BytesListener() {
              @Override
              public void onBytes(ByteBuf bytes) {
                bytes.release();
                throw new OutOfMemoryError("this test's own");
              }

              @Override
              public void onEnd(StreamEnd end) {
                follower.onEnd(end);
              }
            });
    write(pipe, "x");
    thread.run(reader::resume);
    assertThat(LoopThread.await(follower.end())).isInstanceOf(StreamEnd.Failed.class);
  }

  @Test
  void anAbandonedStreamSaysSoOnce() throws Exception {
    PipeReader reader = open(pipe, follower);
    thread.run(reader::resume);
    thread.run(() -> reader.abandon(true));
    thread.run(() -> reader.abandon(true));
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Abandoned(true));
  }
}
