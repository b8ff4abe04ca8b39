package io.conmonj.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.peer.SpdyFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingSpdyCodecTest {
  private static final int KIB = 1024;
  private static final int CHUNK = 8;

  private final MemoryAccount whole = MemoryAccount.open("sessions", 64 * KIB, Runnable::run);
  private final MemoryAccount memory = whole.share(64 * KIB, KIB);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int pings;

  RecordingSpdyCodecTest() {
    channel.config().setAllocator(memory.allocator());
    MemoryAccount recorded = MemoryAccount.open("compression", 64 * KIB, Runnable::run);
    channel.pipeline().addLast(SpdyCodec.recording(CHUNK, recorded, () -> pings++));
  }

  @AfterEach
  void everythingIsReleased() {
    channel.finishAndReleaseAll();
    assertThat(memory.held()).isZero();
  }

  @Test
  void aFrameIsHandedOnWholeWhateverItsPieces() {
    byte[] frame = SpdyFrame.data(3, "eightby".getBytes(StandardCharsets.UTF_8), true);
    for (int at = 0; at < frame.length - 1; at++) {
      assertThat(receive(frame, at, 1)).isEmpty();
    }
    assertThat(receive(frame, frame.length - 1, 1)).containsExactly("3 eightby FIN");
  }

  @Test
  void aLongFrameIsHandedOnInPiecesOfWhichTheLastEndsTheStream() {
    byte[] frame = SpdyFrame.data(3, "eight by eight by 8".getBytes(StandardCharsets.UTF_8), true);
    assertThat(receive(frame, 0, frame.length))
        .containsExactly("3 eight by", "3  eight b", "3 y 8 FIN");
  }

  @Test
  void framesThatComeTogetherStayInTheirOrder() {
    byte[] all = new byte[100];
    int length = 0;
    for (byte[] frame :
        new byte[][] {
          SpdyFrame.data(3, "one".getBytes(StandardCharsets.UTF_8), false),
          SpdyFrame.ping(7),
          SpdyFrame.data(5, new byte[0], true),
          SpdyFrame.data(3, "two".getBytes(StandardCharsets.UTF_8), false)
        }) {
      System.arraycopy(frame, 0, all, length, frame.length);
      length += frame.length;
    }
    assertThat(receive(all, 0, length)).containsExactly("3 one", "PING 7", "5  FIN", "3 two");
    assertThat(pings).isZero();
  }

  /** Kept, it would itself be why the rest is not read. */
  @Test
  void whereThereIsNoRoomAFrameIsHandedOnAsItComes() {
    whole.hold(64 * KIB);
    memory.hold(KIB);
    byte[] frame = SpdyFrame.data(3, "bytes".getBytes(StandardCharsets.UTF_8), true);
    assertThat(receive(frame, 0, 10)).containsExactly("3 by");
    assertThat(memory.held()).isEqualTo(KIB);
    assertThat(receive(frame, 10, 2)).containsExactly("3 te");
    assertThat(receive(frame, 12, 1)).containsExactly("3 s FIN");
    memory.free(KIB);
    whole.free(64 * KIB);
  }

  @Test
  void ofAControlFrameThatHasNotEndedNoMoreIsKeptThanHasCome() {
    ByteBuf read = memory.allocator().directBuffer(16 * KIB);
    read.writeBytes(SpdyFrame.ping(7), 0, 10);
    channel.writeInbound(read);
    assertThat(memory.held()).isLessThan(100);
    assertThat(receive(SpdyFrame.ping(7), 10, 2)).containsExactly("PING 7");
    assertThat(pings).isEqualTo(2);
  }

  @Test
  void whatCameOfAFrameBeforeTheConnectionEndedIsHandedOn() {
    receive(SpdyFrame.data(3, "half of it".getBytes(StandardCharsets.UTF_8), true), 0, 12);
    var _ = channel.close();
    assertThat(received()).containsExactly("3 half");
  }

  @Test
  void dataOfNoStreamBreaksTheProtocol() {
    byte[] frame = SpdyFrame.data(0, "x".getBytes(StandardCharsets.UTF_8), false);
    assertThatThrownBy(() -> receive(frame, 0, frame.length))
        .isInstanceOf(SpdyProtocolException.class);
  }

  private List<String> receive(byte[] bytes, int from, int length) {
    ByteBuf in = memory.allocator().directBuffer(length);
    channel.writeInbound(in.writeBytes(Arrays.copyOfRange(bytes, from, from + length)));
    return received();
  }

  private List<String> received() {
    List<String> all = new ArrayList<>();
    for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      switch (frame) {
        case SpdyDataFrame data -> {
          String text = data.content().toString(StandardCharsets.UTF_8);
          all.add(data.streamId() + " " + text + (data.isLast() ? " FIN" : ""));
          data.release();
        }
        case SpdyPingFrame ping -> all.add("PING " + ping.id());
        default -> throw new AssertionError("unexpected " + frame);
      }
    }
    return all;
  }
}
