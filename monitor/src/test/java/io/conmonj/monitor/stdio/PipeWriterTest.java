package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipeWriterTest {
  private LoopThread thread;
  private Pipe pipe;
  private PipeWriter writer;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    pipe = Pipe.open();
    writer = thread.call(() -> PipeWriter.open(thread.loop(), Fd.adopt(pipe.writeEnd().release())));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(writer::close);
    thread.close();
    pipe.close();
  }

  private CompletableFuture<Void> write(ByteBuf bytes) throws Exception {
    return thread.call(() -> writer.write(bytes));
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 253);
    }
    return bytes;
  }

  /** Reads to the end of the stream. */
  private byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    for (int count = Io.read(pipe.readEnd(), block);
        count != Io.END;
        count = Io.read(pipe.readEnd(), block)) {
      all.write(block, 0, count);
    }
    return all.toByteArray();
  }

  @Test
  void whatFitsIsWrittenAtOnce() throws Exception {
    byte[] bytes = {1, 0, 0, 2};
    assertThat(write(Unpooled.wrappedBuffer(bytes))).isCompleted();
    thread.run(writer::closeWhenWritten);
    assertThat(readAll()).isEqualTo(bytes);
  }

  @Test
  void whatDoesNotFitIsAcknowledgedWhenTheProcessHasTakenIt() throws Exception {
    byte[] bytes = pattern(300_000);
    CompletableFuture<Void> written = write(Unpooled.directBuffer().writeBytes(bytes));
    assertThat(written).isNotDone();
    thread.run(writer::closeWhenWritten);
    assertThat(readAll()).isEqualTo(bytes);
    LoopThread.await(written);
    LoopThread.await(writer.closed());
  }

  @Test
  void buffersOfEveryKindGoInWholeAndInOrder() throws Exception {
    byte[] bytes = pattern(90_000);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    all.add(write(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, 0, 30_000))));
    all.add(write(Unpooled.directBuffer().writeBytes(bytes, 30_000, 30_000)));
    all.add(
        write(
            Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(bytes, 60_000, 10_000),
                Unpooled.directBuffer().writeBytes(bytes, 70_000, 20_000))));
    thread.run(writer::closeWhenWritten);
    assertThat(readAll()).isEqualTo(bytes);
    for (CompletableFuture<Void> each : all) {
      LoopThread.await(each);
    }
  }

  @Test
  void aProcessThatWantsNoInputIsNoFailureAndTheSourceIsToldNothingBad() throws Exception {
    CompletableFuture<Void> waiting = write(Unpooled.wrappedBuffer(pattern(100_000)));
    CompletableFuture<Void> behind = write(Unpooled.wrappedBuffer(pattern(10)));
    pipe.readEnd().close();
    LoopThread.await(waiting);
    LoopThread.await(behind);
    LoopThread.await(writer.closed());
    assertThat(write(Unpooled.wrappedBuffer(pattern(10)))).isCompleted();
  }

  @Test
  void aSourceIsNotRefusedForWhatAnotherHasWritten() throws Exception {
    CompletableFuture<Void> first = write(Unpooled.wrappedBuffer(pattern(2 << 20)));
    CompletableFuture<Void> second = write(Unpooled.wrappedBuffer(pattern(100_000)));
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    thread.run(writer::closeWhenWritten);
    byte[] all = readAll();
    assertThat(Arrays.copyOf(all, 2 << 20)).isEqualTo(pattern(2 << 20));
    assertThat(Arrays.copyOfRange(all, 2 << 20, all.length)).isEqualTo(pattern(100_000));
    LoopThread.await(first);
    LoopThread.await(second);
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws Exception {
    CompletableFuture<Void> before = write(Unpooled.wrappedBuffer(pattern(100_000)));
    thread.run(writer::closeWhenWritten);
    CompletableFuture<Void> after = write(Unpooled.wrappedBuffer(pattern(1)));
    assertThatThrownBy(() -> LoopThread.await(after)).hasMessage("write input: it has been closed");
    assertThat(readAll()).hasSize(100_000);
    LoopThread.await(before);
  }
}
