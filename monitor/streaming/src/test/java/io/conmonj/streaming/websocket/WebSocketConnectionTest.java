package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {
  private final Tunnel tunnel = new Tunnel();
  private final WebSocketConnection connection =
      new WebSocketConnection(tunnel, StreamingLimits.DEFAULT);
  private final EmbeddedChannel channel = new EmbeddedChannel(connection, tunnel);

  @Test
  void aPingThatHadToWaitForRoomIsNotAnsweredBehindTheCloseFrame() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    byte[] ping = WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.PING, new byte[] {7});
    channel.writeInbound(Unpooled.wrappedBuffer(ping));
    connection.close();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(sent()).isEqualTo("880203e8");
    channel.finishAndReleaseAll();
  }

  @Test
  void bytesThatThereIsNoMemoryToCutAreReleasedAndTheConnectionCut() {
    ByteBuf bytes =
        new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, 40_000, 40_000) {
          @Override
          public ByteBuf readRetainedSlice(int length) {
            throw new OutOfMemoryError("this test's own: no memory");
          }
        }.writeZero(40_000);
    connection.writeBytes(bytes);
    assertThat(bytes.refCnt()).isZero();
    assertThatThrownBy(channel::checkException).isInstanceOf(OutOfMemoryError.class);
    assertThat(channel.isOpen()).isFalse();
    assertThat(sent()).isEmpty();
    channel.finishAndReleaseAll();
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
