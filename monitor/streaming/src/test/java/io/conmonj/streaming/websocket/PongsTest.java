package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.socket.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PongsTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final Pongs pongs = new Pongs(new FrameEncoder(channel.pipeline().firstContext()));
  private final Reading reading = Reading.of(channel);

  @BeforeEach
  void open() {
    reading.whileOff(() -> pongs.sendUnasked());
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aPingIsAnsweredWithItsPayload() {
    pongs.answer(new byte[] {1, 2});
    assertThat(sent()).isEqualTo("8a020102");
  }

  @Test
  void whileInputIsHeldBackPongsGoOnByThemselves() {
    pongs.answer(new byte[] {7});
    assertThat(sent()).isEqualTo("8a0107");
    hold(true);
    for (int i = 0; i < 12; i++) {
      pass(10);
      assertThat(sent()).as("after %d times 10 s", i + 1).isEqualTo("8a0107");
    }
    hold(false);
    pass(60);
    assertThat(sent()).isEmpty();
  }

  @Test
  void aClientWhoseFirstPingLiesBehindItsInputGetsPongsToo() {
    hold(true);
    pass(10);
    assertThat(sent()).isEqualTo("8a00");
    pass(10);
    assertThat(sent()).isEqualTo("8a00");
  }

  @Test
  void aClientThatNeverPingsGetsNoPongsWhileItIsRead() {
    pass(60);
    assertThat(sent()).isEmpty();
  }

  @Test
  void aClientThatDoesNotReadGetsOnePongForAllItsPings() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    for (int i = 0; i < 1000; i++) {
      pongs.answer(new byte[] {(byte) i});
    }
    assertThat(sent()).isEmpty();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    pongs.sendPostponed();
    pongs.sendPostponed();
    assertThat(sent()).isEqualTo("8a01e7");
  }

  private void hold(boolean back) {
    reading.set(Reading.Reason.RECEIVER, back);
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private String sent() {
    StringBuilder hex = new StringBuilder();
    for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
      hex.append(ByteBufUtil.hexDump(frame));
      frame.release();
    }
    return hex.toString();
  }
}
