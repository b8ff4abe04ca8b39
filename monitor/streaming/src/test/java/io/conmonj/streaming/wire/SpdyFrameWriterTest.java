package io.conmonj.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpdyFrameWriterTest {
  private static final int HEADER = 8;

  private final MoreWhenWritable last = new MoreWhenWritable();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(SpdyCodec.ofConnection(SpdyFrameWriter.MAX_DATA), last);
  private final SpdyFrameWriter frames = new SpdyFrameWriter(channel.pipeline().context(last));

  /** Writes once when it hears that there is room. */
  private final class MoreWhenWritable extends ChannelInboundHandlerAdapter {
    private String more = "";

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (ctx.channel().isWritable() && !more.isEmpty()) {
        byte[] bytes = ByteBufUtil.decodeHexDump(more);
        more = "";
        frames.data(1, Unpooled.wrappedBuffer(bytes));
      }
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void moreThan32KibBecomeSeveralFrames() {
    frames.data(3, Unpooled.wrappedBuffer(new byte[32 * 1024 + 1]));
    assertThat(sent())
        .isEqualTo(
            "00000003" + "00008000" + "00".repeat(32 * 1024) + "00000003" + "00000001" + "00");
  }

  @Test
  void aPayloadThatThereIsNoMemoryToCutIsReleasedAndTheConnectionHearsOfIt() {
    ByteBuf payload =
        new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, 40_000, 40_000) {
          @Override
          public ByteBuf readRetainedSlice(int length) {
            throw new OutOfMemoryError("this test's own: no memory");
          }
        }.writeZero(40_000);
    frames.data(1, payload);
    assertThat(payload.refCnt()).isZero();
    assertThatThrownBy(channel::checkException).isInstanceOf(OutOfMemoryError.class);
    assertThat(sent()).isEmpty();
  }

  @Test
  void theHeaderGoesIntoTheRoomBeforeThePayload() {
    ByteBuf payload = Unpooled.buffer().setIndex(HEADER, HEADER).writeByte(42);
    frames.data(5, payload);
    ByteBuf frame = channel.readOutbound();
    assertThat(frame).isSameAs(payload);
    assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("00000005" + "00000001" + "2a");
    frame.release();
  }

  @Test
  void aFrameIsOneBufferSoThatNoOtherThreadsFrameComesBetween() {
    frames.data(5, Unpooled.wrappedBuffer(new byte[] {42}));
    ByteBuf frame = channel.readOutbound();
    assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("00000005" + "00000001" + "2a");
    frame.release();
  }

  @Test
  void whatIsWrittenUponRoomComesBehindTheWholePayload() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1024, 4096));
    last.more = "bb";
    frames.data(1, Unpooled.wrappedBuffer(new byte[70_000]));
    assertThat(sent()).endsWith("00".repeat(70_000 % (32 * 1024)) + "00000001" + "00000001" + "bb");
  }

  @Test
  void anEndIsAnEmptyFrameWithItsFlag() {
    frames.end(7);
    assertThat(sent()).isEqualTo("00000007" + "01000000");
  }

  private String sent() {
    StringBuilder hex = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      hex.append(ByteBufUtil.hexDump(part));
      part.release();
    }
    return hex.toString();
  }
}
