package io.conmonj.it.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of a WebSocket on a {@link ClientSocket} (RFC 6455, section 5). */
public final class WebSocketLink implements AutoCloseable {
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;

  private static final int FIN = 0x80;
  private static final int OPCODE = 0x0F;
  private static final int LENGTH = 0x7F;
  private static final int MASKED = 0x80;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int MAX_IN_2_BYTES = 0xFFFF;
  private static final byte[] MASK = {0x11, (byte) 0xA2, 0x33, (byte) 0xF4};

  /** A frame of the server. */
  public static final class Frame {
    private final int opcode;
    private final byte[] payload;

    Frame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    /** Its opcode. */
    public int opcode() {
      return opcode;
    }

    /** What it carries: of a message, the channel and then its bytes. */
    public byte[] payload() {
      return payload;
    }

    /** The channel of a message; -1 for a frame without one. */
    public int channel() {
      return opcode == BINARY && payload.length > 0 ? payload[0] : -1;
    }

    /** The bytes of a message as text. */
    public String text() {
      return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 0 if it is none. */
    public int closeCode() {
      return opcode == CLOSE && payload.length > 1 ? ByteBuffer.wrap(payload).getShort() : 0;
    }
  }

  private final ClientSocket socket;

  private WebSocketLink(ClientSocket socket) {
    this.socket = socket;
  }

  /** Connects and upgrades; without a subprotocol if that is empty. */
  public static WebSocketLink open(URI url, String subprotocol) throws IOException {
    return on(ClientSocket.connect(url), subprotocol);
  }

  /** Upgrades a connection, which is closed if that fails. */
  public static WebSocketLink on(ClientSocket socket, String subprotocol) throws IOException {
    try {
      socket.upgrade(socket.webSocketRequest(subprotocol));
      return new WebSocketLink(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** What is below. */
  public ClientSocket socket() {
    return socket;
  }

  /** Sends a whole frame. */
  public void send(int opcode, byte[] payload) throws IOException {
    socket.send(frame(opcode, payload));
  }

  /** Sends a binary message on a channel. */
  public void send(int opcode, int channel, byte[] payload) throws IOException {
    byte[] message = new byte[payload.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(payload, 0, message, 1, payload.length);
    send(opcode, message);
  }

  /** Sends a close frame. */
  public void sendClose(int code) throws IOException {
    send(CLOSE, new byte[] {(byte) (code >> Byte.SIZE), (byte) code});
  }

  /** A whole frame, masked. */
  public static byte[] frame(int opcode, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.writeBytes(header(opcode, payload.length));
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % MASK.length]);
    }
    return frame.toByteArray();
  }

  /** What comes before the payload of a whole message; the length may be what it likes. */
  public static byte[] header(int opcode, long length) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) (FIN | opcode));
    if (length >= 0 && length < LENGTH_IN_2_BYTES) {
      header.put((byte) (MASKED | length));
    } else if (length >= 0 && length <= MAX_IN_2_BYTES) {
      header.put((byte) (MASKED | LENGTH_IN_2_BYTES)).putShort((short) length);
    } else {
      header.put((byte) (MASKED | LENGTH_IN_8_BYTES)).putLong(length);
    }
    header.put(MASK);
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  /** The server's next frame. */
  public Frame read() throws IOException {
    byte[] start = socket.read(2);
    int length = start[1] & LENGTH;
    if (length == LENGTH_IN_2_BYTES) {
      length = ByteBuffer.wrap(socket.read(Short.BYTES)).getShort() & MAX_IN_2_BYTES;
    } else if (length == LENGTH_IN_8_BYTES) {
      length = Math.toIntExact(ByteBuffer.wrap(socket.read(Long.BYTES)).getLong());
    }
    return new Frame(start[0] & OPCODE, socket.read(length));
  }

  /** Reads up to the next message on a channel; fails at the server's close frame. */
  public Frame readUpTo(int channel) throws IOException {
    Frame frame = read();
    while (frame.channel() != channel) {
      if (frame.opcode() == CLOSE) {
        throw new EOFException("the WebSocket was closed with " + frame.closeCode());
      }
      frame = read();
    }
    return frame;
  }

  /** Reads up to the server's close frame. */
  public Frame readClose() throws IOException {
    Frame frame = read();
    while (frame.opcode() != CLOSE) {
      frame = read();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
