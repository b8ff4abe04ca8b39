package io.conmonj.monitor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.InboundStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InputPumpTest {
  private LoopThread thread;
  private Pipe pipe;
  private PipeWriter process;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    pipe = Pipe.open();
    process =
        thread.call(() -> PipeWriter.open(thread.loop(), Fd.adopt(pipe.writeEnd().release())));
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(process::close);
    thread.close();
    pipe.close();
  }

  private Client pump() throws Exception {
    Client client = new Client();
    thread.run(
        () ->
            client.receive(new InputPump(client, process, () -> {}, () -> client.refused = true)));
    return client;
  }

  @Test
  void viewersThatHaveComeAndGoneLeaveNothingAtAContainersInput() throws Exception {
    for (int i = 0; i < 100; i++) {
      pump();
    }
    assertThat(process.closed().getNumberOfDependents()).isZero();
  }

  @Test
  void inputThatAProcessDoesNotWantIsTakenAndDropped() throws Exception {
    Client client = pump();
    pipe.readEnd().close();
    ByteBuf unwanted = Unpooled.buffer().writeZero(1 << 20);
    thread.run(() -> client.receiver.data(unwanted));
    assertThat(unwanted.refCnt()).isZero();
    assertThat(thread.call(() -> client.paused)).isFalse();
  }

  @Test
  void inputThatIsHeldUpWhenTheProcessEndsLetsTheClientGoOn() throws Exception {
    Client client = pump();
    ByteBuf much = Unpooled.buffer().writeZero(1 << 20);
    thread.run(() -> client.receiver.data(much));
    assertThat(thread.call(() -> client.paused)).isTrue();
    thread.run(process::close);
    assertThat(thread.call(() -> client.paused)).isFalse();
    assertThat(much.refCnt()).isZero();
  }

  @Test
  void nothingIsLostHoweverManyTypeAtOnceAndEachInItsTurn() throws Exception {
    int clients = 40;
    int length = 64 * 1024;
    List<Client> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Client client = pump();
      all.add(client);
      byte[] typed = new byte[length];
      Arrays.fill(typed, (byte) i);
      thread.run(() -> client.receiver.data(Unpooled.directBuffer(length).writeBytes(typed)));
    }
    assertThat(thread.call(() -> all.getLast().paused)).isTrue();
    byte[] got = new byte[length];
    for (int i = 0; i < clients; i++) {
      byte[] expected = new byte[length];
      Arrays.fill(expected, (byte) i);
      for (int at = 0; at < length; ) {
        byte[] block = new byte[length - at];
        int count = Io.read(pipe.readEnd(), block);
        System.arraycopy(block, 0, got, at, count);
        at += count;
      }
      assertThat(got).isEqualTo(expected);
    }
    for (Client client : all) {
      assertThat(thread.call(() -> client.refused)).isFalse();
    }
  }

  @Test
  void whoTypesWhileTheInputIsBeingEndedByAnotherIsToldSo() throws Exception {
    Client first = pump();
    Client second = pump();
    ByteBuf much = Unpooled.buffer().writeZero(1 << 20);
    thread.run(() -> first.receiver.data(much));
    thread.run(process::closeWhenWritten);
    ByteBuf late = Unpooled.buffer().writeZero(1);
    thread.run(() -> second.receiver.data(late));
    assertThat(late.refCnt()).isZero();
    assertThat(thread.call(() -> second.refused)).isTrue();
    assertThat(thread.call(() -> first.refused)).isFalse();
  }

  private static final class Client implements InboundStream {
    private Receiver receiver;
    private boolean paused;
    private boolean refused;

    @Override
    public void receive(Receiver to) {
      receiver = to;
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public void discard() {}
  }
}
