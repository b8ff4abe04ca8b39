package io.conmonj.streaming.websocket;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CONTINUATION;
import static io.conmonj.streaming.peer.WebSocketFrame.FIN;
import static io.conmonj.streaming.peer.WebSocketFrame.PING;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.wire.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDecoderTest {
  private static final long MAX = 1 << 20;
  private final RecordedFrames recorded = new RecordedFrames();
  private final FrameDecoder decoder = new FrameDecoder(MAX, recorded);

  @Test
  void theExampleOfTheRfcIsDecoded() throws Exception {
    decode(HexFormat.of().parseHex("818537fa213d7f9f4d5158"));
    assertThat(recorded.events).containsExactly("text", "end 48656c6c6f");
  }

  @Test
  void framesThatComeByteByByteAreDecoded() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(WebSocketFrame.ofClient(TEXT, new byte[] {1}));
    stream.writeBytes(WebSocketFrame.ofClient(FIN | PING, new byte[] {2}));
    stream.writeBytes(WebSocketFrame.ofClient(CONTINUATION, new byte[0]));
    stream.writeBytes(WebSocketFrame.ofClient(FIN, new byte[] {3}));
    stream.writeBytes(WebSocketFrame.ofClient(FIN | BINARY, new byte[0]));
    for (byte b : stream.toByteArray()) {
      decode(new byte[] {b});
    }
    assertThat(recorded.events).containsExactly("text", "PING 02", "end 0103", "binary", "end ");
  }

  @ParameterizedTest
  @CsvSource({"125", "126", "65535", "65536"})
  void everyFormOfTheLengthIsDecoded(int length) throws Exception {
    decode(WebSocketFrame.ofClient(FIN | BINARY, new byte[length]));
    assertThat(recorded.events).containsExactly("binary", RecordedFrames.end(new byte[length]));
  }

  @ParameterizedTest
  @CsvSource({
    "8201, client frame is not masked",
    "c280, reserved bits set without an extension",
    "a280, reserved bits set without an extension",
    "8380, reserved opcode 3",
    "8f80, reserved opcode 15",
    "0980, fragmented control frame",
    "89fe, control frame of more than 125 bytes",
    "8080, continuation of no message",
    "028000000000 8280, message within a fragmented message",
    "82fe007d, frame length is not in its shortest form",
    "82ff000000000000ffff, frame length is not in its shortest form",
    "82ff8000000000000000, frame length is negative",
  })
  void whatTheRfcForbidsIsAProtocolError(String hex, String message) {
    assertThatExceptionOfType(WebSocketException.class)
        .isThrownBy(() -> decode(HexFormat.of().parseHex(hex.replace(" ", ""))))
        .withMessage(message)
        .satisfies(e -> assertThat(e.closeCode()).isEqualTo(1002));
  }

  @Test
  void aFrameAboveTheLimitIsTooBigBeforeAnyOfItHasCome() {
    assertThatExceptionOfType(WebSocketException.class)
        .isThrownBy(() -> decode(WebSocketFrame.headerOfClient(FIN | BINARY, MAX + 1)))
        .satisfies(e -> assertThat(e.closeCode()).isEqualTo(1009));
  }

  @Test
  void theLimitIsThatOfTheMessageNotOfEachFrame() throws Exception {
    decode(WebSocketFrame.ofClient(BINARY, new byte[(int) MAX]));
    assertThatExceptionOfType(WebSocketException.class)
        .isThrownBy(() -> decode(WebSocketFrame.ofClient(FIN, new byte[1])))
        .satisfies(e -> assertThat(e.closeCode()).isEqualTo(1009));
  }

  @Test
  void nothingIsDecodedAfterAnError() throws Exception {
    assertThatExceptionOfType(WebSocketException.class)
        .isThrownBy(() -> decode(HexFormat.of().parseHex("8201")));
    decode(WebSocketFrame.ofClient(FIN | PING, new byte[0]));
    assertThat(recorded.events).isEmpty();
  }

  @Test
  void payloadIsPassedOnBeforeItsMessageIsComplete() throws Exception {
    int[] seen = new int[1];
    FrameDecoder early =
        new FrameDecoder(
            MAX,
            new FrameListener() {
              @Override
              public void messageStarted(boolean text) {}

              @Override
              public void messageBytes(ByteBuf bytes) {
                seen[0] += bytes.readableBytes();
                bytes.release();
              }

              @Override
              public void messageEnded() {
                throw new AssertionError("the message has no end yet");
              }

              @Override
              public void control(Opcode opcode, byte[] payload) {}
            });
    ByteBuf half =
        Unpooled.copiedBuffer(WebSocketFrame.headerOfClient(FIN | BINARY, 1000), new byte[600]);
    early.decode(half);
    assertThat(seen[0]).isEqualTo(600);
    assertThat(half.refCnt()).as("nothing of the chunk is kept").isEqualTo(1);
    half.release();
  }

  private void decode(byte[] bytes) throws WebSocketException {
    ByteBuf in = Unpooled.copiedBuffer(bytes);
    try {
      decoder.decode(in);
    } finally {
      in.release();
    }
  }
}
