package io.conmonj.streaming.fuzz;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.CONTINUATION;
import static io.conmonj.streaming.peer.WebSocketFrame.FIN;
import static io.conmonj.streaming.peer.WebSocketFrame.PING;
import static io.conmonj.streaming.peer.WebSocketFrame.PONG;
import static io.conmonj.streaming.peer.WebSocketFrame.TEXT;

import io.conmonj.streaming.peer.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A WebSocket client that sends what the fuzzer says, and notes what it meant. */
final class WebSocketScript {
  private static final int END_CHANNEL = 255;

  /** What was sent on each channel before its end. */
  final Map<Integer, ByteArrayOutputStream> sent = new HashMap<>();

  final Set<Integer> ended = new HashSet<>();

  /** Whether something was sent that may mean anything. */
  boolean isUnclear;

  private final FuzzInput input;
  private final boolean base64;
  private final boolean halfClose;

  /**
   * @param base64 whether a message is text: a digit and base64
   * @param halfClose whether a message on channel 255 ends a channel
   */
  WebSocketScript(FuzzInput input, boolean base64, boolean halfClose) {
    this.input = input;
    this.base64 = base64;
    this.halfClose = halfClose;
  }

  byte[] next() {
    return switch (input.next(16)) {
      case 0, 1, 2, 3, 4 -> channel(input.next(6), input.payload());
      case 5 -> channel(4, input.one(SpdyScript.SIZES).getBytes(StandardCharsets.UTF_8));
      case 6, 7 -> channelEnd(input.next(6));
      case 8 -> WebSocketFrame.ofClient(FIN | PING, input.literal());
      case 9 -> WebSocketFrame.ofClient(FIN | PONG, input.literal());
      case 10 -> close();
      case 11 -> message(new byte[0]);
      case 12 -> {
        isUnclear = true;
        yield message(input.literal());
      }
      case 13 -> {
        isUnclear = true;
        yield WebSocketFrame.ofClient(input.next(), input.literal());
      }
      case 14 -> {
        isUnclear = true;
        yield WebSocketFrame.headerOfClient(
            input.next(), input.one(0L, 200L, 70_000L, 1L << 25, -1L));
      }
      default -> {
        isUnclear = true;
        yield input.literal();
      }
    };
  }

  /** Bytes in a message or in several frames of one, with a ping in between. */
  byte[] message(byte[] payload) {
    int type = base64 || input.next(32) == 31 ? TEXT : BINARY;
    int cut = Math.min(input.next(), payload.length);
    if (cut == 0) {
      return WebSocketFrame.ofClient(FIN | type, payload);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(WebSocketFrame.ofClient(type, Arrays.copyOf(payload, cut)));
    frames.writeBytes(WebSocketFrame.ofClient(FIN | PING, new byte[] {(byte) cut}));
    byte[] rest = Arrays.copyOfRange(payload, cut, payload.length);
    frames.writeBytes(WebSocketFrame.ofClient(FIN | CONTINUATION, rest));
    return frames.toByteArray();
  }

  private byte[] channel(int channel, byte[] payload) {
    if (!ended.contains(channel)) {
      sent.computeIfAbsent(channel, c -> new ByteArrayOutputStream()).writeBytes(payload);
    }
    byte[] text = base64 ? Base64.getEncoder().encode(payload) : payload;
    byte[] message = new byte[text.length + 1];
    message[0] = (byte) (base64 ? '0' + channel : channel);
    System.arraycopy(text, 0, message, 1, text.length);
    return message(message);
  }

  private byte[] channelEnd(int channel) {
    if (halfClose) {
      ended.add(channel);
    }
    return message(new byte[] {(byte) END_CHANNEL, (byte) channel});
  }

  private byte[] close() {
    int code = input.one(1000, 1001, 1005, 999, 4999, 5000);
    byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
    return WebSocketFrame.ofClient(FIN | CLOSE, Arrays.copyOf(payload, input.one(2, 0, 1)));
  }
}
