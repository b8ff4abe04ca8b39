package io.conmonj.monitor.rehearsal;

import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a client sends over one protocol.
 *
 * @param carrier what carries it
 * @param protocol as in {@link SessionInfo#protocol}
 * @param kind what it is for
 * @param streams names and values of the headers of each stream that is opened over SPDY; empty for
 *     the channels of a WebSocket
 * @param input the stream of what is sent
 */
record Speech(
    Carrier carrier, String protocol, SessionKind kind, List<String[]> streams, int input) {
  /** What carries a session. */
  enum Carrier {
    WEB_SOCKET,
    SPDY,
    SPDY_IN_WEB_SOCKET
  }

  private static final int FIN_TEXT = 0x81;
  private static final int FIN_BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int MAX_SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final byte[] MASK = {1, 2, 3, 4};

  private static final int SPDY_CONTROL = 0x8003;
  private static final int SYN_STREAM = 1;

  /** RFC 1950, of a stream without a dictionary; what is in it is not compressed. */
  private static final short ZLIB_HEADER = 0x7801;

  /** In {@link SessionInfo#protocol}: what has no name. */
  private static final String UNNAMED = "WebSocket";

  private static final String SPDY = "SPDY/3.1 ";
  private static final String TUNNEL = "SPDY/3.1+";
  private static final String CHANNELS = "channel.k8s.io";

  /**
   * How a session is spoken with.
   *
   * @param protocol as in {@link SessionInfo#protocol}
   * @param port that is forwarded, if one is
   * @return empty for a protocol that is not known here, such as that of an attach socket
   */
  static Optional<Speech> of(SessionKind kind, String protocol, int port) {
    if (protocol.startsWith(SPDY)) {
      return Optional.of(new Speech(Carrier.SPDY, protocol, kind, streams(kind, port), 3));
    }
    if (protocol.startsWith(TUNNEL)) {
      return Optional.of(
          new Speech(Carrier.SPDY_IN_WEB_SOCKET, protocol, kind, streams(kind, port), 3));
    }
    return protocol.endsWith(CHANNELS) || protocol.equals(UNNAMED)
        ? Optional.of(new Speech(Carrier.WEB_SOCKET, protocol, kind, List.of(), 0))
        : Optional.empty();
  }

  /** The second is that of the input. */
  private static List<String[]> streams(SessionKind kind, int port) {
    if (kind == SessionKind.PORT_FORWARD) {
      return List.of(ofPair("error", port), ofPair("data", port));
    }
    return List.of(
        new String[] {"streamtype", "error"},
        new String[] {"streamtype", "stdin"},
        new String[] {"streamtype", "stdout"},
        new String[] {"streamtype", "stderr"});
  }

  private static String[] ofPair(String type, int port) {
    return new String[] {"streamtype", type, "port", Integer.toString(port), "requestid", "0"};
  }

  /** What is sent first. */
  byte[] opening() {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      frames.add(synStream(2 * i + 1, i == 0, streams.get(i)));
    }
    byte[] all = joined(frames);
    return carrier == Carrier.SPDY_IN_WEB_SOCKET ? webSocket(FIN_BINARY, all) : all;
  }

  /** Input. */
  byte[] message(byte[] payload) {
    return switch (carrier) {
      case SPDY -> data(payload);
      case SPDY_IN_WEB_SOCKET -> webSocket(FIN_BINARY, data(payload));
      case WEB_SOCKET -> protocol.contains("base64") ? text(payload) : binary(payload);
    };
  }

  private static byte[] binary(byte[] payload) {
    byte[] message = new byte[1 + payload.length];
    System.arraycopy(payload, 0, message, 1, payload.length);
    return webSocket(FIN_BINARY, message);
  }

  private static byte[] text(byte[] payload) {
    String message = "0" + Base64.getEncoder().encodeToString(payload);
    return webSocket(FIN_TEXT, message.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] webSocket(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(2 * Integer.BYTES + payload.length);
    frame.put((byte) first);
    if (payload.length <= MAX_SHORT) {
      frame.put((byte) (MASKED | payload.length));
    } else {
      frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return written(frame);
  }

  private byte[] data(byte[] payload) {
    return ByteBuffer.allocate(2 * Integer.BYTES + payload.length)
        .putInt(input)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  private static byte[] synStream(int stream, boolean first, String... headers) {
    ByteBuffer block = ByteBuffer.allocate(1024).putInt(headers.length / 2);
    for (String each : headers) {
      block.putInt(each.length()).put(each.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = written(block);
    ByteBuffer body = ByteBuffer.allocate(1024).putInt(stream).putInt(0).putShort((short) 0);
    if (first) {
      body.putShort(ZLIB_HEADER);
    }
    // RFC 1951, section 3.2.4: a block as it is.
    body.put((byte) 0);
    body.putShort(Short.reverseBytes((short) bytes.length));
    body.putShort(Short.reverseBytes((short) ~bytes.length));
    byte[] rest = written(body.put(bytes));
    return ByteBuffer.allocate(2 * Integer.BYTES + rest.length)
        .putShort((short) SPDY_CONTROL)
        .putShort((short) SYN_STREAM)
        .putInt(rest.length)
        .put(rest)
        .array();
  }

  private static byte[] joined(List<byte[]> parts) {
    int length = 0;
    for (byte[] each : parts) {
      length += each.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    parts.forEach(all::put);
    return all.array();
  }

  private static byte[] written(ByteBuffer from) {
    byte[] bytes = new byte[from.position()];
    from.flip().get(bytes);
    return bytes;
  }
}
