package io.conmonj.streaming.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.wire.StreamType;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class Base64OutputTest {
  private static final String BEFORE = "a".repeat(70_000);
  private static final String AFTER = "b".repeat(100);

  @Test
  void outputStaysInOrderWhereAWriteIsMoreThanTheConnectionTakesAtOnce() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1024, 4096));
    ExecRequest request =
        new ExecRequest("c1", List.of("command"), new Stdio(false, true, false, false));
    WebSocketRemoteCommand command =
        new WebSocketRemoteCommand(
            Subprotocol.V1_BASE64,
            request,
            new SessionFactory(
                channel.eventLoop(),
                StreamingLimits.DEFAULT,
                new WritesWhenItMay(),
                new LiveSessions(),
                MemoryAccount.open("compression", 1 << 20, channel.eventLoop()),
                MemoryAccount.open("pairs", 1 << 20, channel.eventLoop())));
    ChannelMessages messages =
        ChannelMessages.inPieces(Subprotocol.V1_BASE64, StreamType.CHANNELS, command);
    channel.pipeline().addLast(new WebSocketConnection(messages, StreamingLimits.DEFAULT));
    String output = output(channel);
    channel.finishAndReleaseAll();
    assertThat(output).startsWith(BEFORE + AFTER);
  }

  /** What came on the channel of stdout, from messages of any length. */
  private static String output(EmbeddedChannel channel) {
    ByteBuf bytes = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      bytes.writeBytes(part);
      part.release();
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    while (bytes.isReadable()) {
      bytes.skipBytes(1);
      int length = bytes.readUnsignedByte();
      length = length == 126 ? bytes.readUnsignedShort() : length;
      String message = bytes.readCharSequence(length, StandardCharsets.US_ASCII).toString();
      assertThat(message).startsWith("1");
      output.writeBytes(Base64.getDecoder().decode(message.substring(1)));
    }
    return output.toString(StandardCharsets.US_ASCII);
  }

  /** Writes at once what is more than one message, and more when it hears that there is room. */
  private static final class WritesWhenItMay implements StreamingBackend {
    @Override
    public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
      OutboundStream stdout = streams.stdout().orElseThrow();
      stdout.onWritable(() -> stdout.write(bytes(AFTER)));
      stdout.write(bytes(BEFORE));
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
      throw new AssertionError("nobody attaches");
    }

    private static ByteBuf bytes(String text) {
      return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
  }
}
