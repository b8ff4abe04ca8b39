package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private LoopThread thread;
  private ReadBuffer buffer;
  private Pty pty;
  private Fd slave;
  private Terminal terminal;
  private final Follower follower = new Follower();

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    buffer = UncountedMemory.buffer();
    pty = Pty.open();
    slave = OpenFile.forReadingAndWriting("/dev/pts/" + pty.number());
    terminal = thread.call(() -> Terminal.open(thread.loop(), pty, buffer, follower));
    thread.run(terminal.output()::resume);
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(terminal::close);
    thread.run(buffer::close);
    thread.close();
    slave.close();
  }

  private void write(String text) throws IOException {
    Io.write(slave, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void newlinesComeWithACarriageReturn() throws Exception {
    write("a\nb");
    follower.awaitText("a\r\nb");
  }

  @Test
  void whatIsTypedIsEchoedAndReadable() throws Exception {
    thread.await(
        () -> terminal.input().write(Unpooled.copiedBuffer("hi\n", StandardCharsets.UTF_8)));
    follower.awaitText("hi\r\n");
    byte[] line = new byte[8];
    assertThat(Io.read(slave, line)).isEqualTo(3);
  }

  @Test
  void whenItsProcessHasEndedTheOutputEndsAndSoDoesTheInput() throws Exception {
    write("bye");
    slave.close();
    follower.awaitText("bye");
    thread.await(
        () -> Drain.start(thread.loop(), DrainLimits.DEFAULT, List.of(terminal.output())).done());
    assertThat(LoopThread.await(follower.end())).isEqualTo(new StreamEnd.Eof());
    assertThat(follower.text()).isEqualTo("bye");
    LoopThread.await(terminal.input().closed());
    thread.run(() -> terminal.resize(new WindowSize(1, 1)));
  }

  @Test
  void whatATerminalHoldsIsCountedWhenItIsGivenUp() throws Exception {
    thread.run(terminal.output()::pause);
    // More than is processed before somebody reads, which is all that FIONREAD tells of.
    Fcntl.setNonBlocking(slave, true);
    byte[] block = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    int full = 0;
    int count;
    while ((count = Io.write(slave, block)) > 0) {
      full += count;
    }
    thread.run(() -> terminal.output().abandon(false));
    assertThat(LoopThread.await(follower.end())).isInstanceOf(StreamEnd.Failed.class);
    assertThat(thread.call(() -> terminal.output().bytesLost())).isEqualTo(full);
    assertThat(full).isGreaterThan(4096);
  }

  @Test
  void aProcessMayCloseItsTerminalAndOpenItAgain() throws Exception {
    write("one ");
    slave.close();
    follower.awaitText("one ");
    // The hang-up is seen now, if it has not been before.
    thread.run(() -> assertThat(terminal.output().poll()).isFalse());
    slave = OpenFile.forReadingAndWriting("/dev/pts/" + pty.number());
    write("two");
    follower.awaitText("one two");
    thread.await(
        () -> terminal.input().write(Unpooled.copiedBuffer("in\n", StandardCharsets.UTF_8)));
    byte[] line = new byte[8];
    assertThat(Io.read(slave, line)).isEqualTo(3);
  }

  @Test
  void closingItHangsUpWhoeverReadsFromIt() throws Exception {
    thread.run(terminal::close);
    assertThat(Io.read(slave, new byte[1])).isEqualTo(Io.END);
    thread.await(() -> terminal.input().write(Unpooled.wrappedBuffer(new byte[1])));
  }
}
