package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.wire.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final FrameEncoder frames = new FrameEncoder(channel.pipeline().firstContext());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aMessageWithoutPayloadIsItsChannelByte() {
    frames.writeChannel(Opcode.BINARY, 1, Unpooled.EMPTY_BUFFER);
    assertThat(sent()).isEqualTo("820101");
  }

  @Test
  void aShortAndALongMessageHaveTheirFormsOfTheLength() {
    frames.writeChannel(Opcode.BINARY, 2, Unpooled.wrappedBuffer(new byte[124]));
    assertThat(sent()).isEqualTo("827d02" + "00".repeat(124));
    frames.writeChannel(Opcode.BINARY, 2, Unpooled.wrappedBuffer(new byte[125]));
    assertThat(sent()).isEqualTo("827e007e02" + "00".repeat(125));
  }

  @Test
  void moreThan32KibBecomeSeveralMessages() {
    frames.writeChannel(Opcode.BINARY, 1, Unpooled.wrappedBuffer(new byte[32 * 1024 + 1]));
    assertThat(sent()).isEqualTo("827e800101" + "00".repeat(32 * 1024) + "82020100");
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
    frames.writeChannel(Opcode.BINARY, 1, payload);
    assertThat(payload.refCnt()).isZero();
    assertThatThrownBy(channel::checkException).isInstanceOf(OutOfMemoryError.class);
    assertThat(sent()).isEmpty();
  }

  @Test
  void theHeaderGoesIntoTheRoomBeforeThePayload() {
    ByteBuf payload = withHeadroom();
    frames.writeChannel(Opcode.BINARY, 1, payload);
    channel.flush();
    ByteBuf frame = channel.readOutbound();
    assertThat(frame).isSameAs(payload);
    assertThat(ByteBufUtil.hexDump(frame)).isEqualTo("8202" + "01" + "2a");
    frame.release();
  }

  @Test
  void aSharedPayloadIsNotWrittenTo() {
    ByteBuf payload = withHeadroom();
    payload.retain();
    frames.writeChannel(Opcode.BINARY, 1, payload);
    assertThat(sent()).isEqualTo("8202012a");
    assertThat(payload.getByte(OutboundStream.HEADROOM - 1)).isZero();
    payload.release();
  }

  private static ByteBuf withHeadroom() {
    ByteBuf payload = Unpooled.buffer(OutboundStream.HEADROOM + 1);
    payload.setIndex(OutboundStream.HEADROOM, OutboundStream.HEADROOM);
    payload.writeByte(42);
    return payload;
  }

  private String sent() {
    channel.flush();
    StringBuilder hex = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      hex.append(ByteBufUtil.hexDump(part));
      part.release();
    }
    return hex.toString();
  }
}
