package io.conmonj.client.remotecommand;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** The server's end of one WebSocket, byte by byte, for tests. */
public final class ServerSide {
  /** The constant that every handshake hashes (RFC 6455 §1.3). */
  private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  /** A frame from the client. */
  public static final class Frame {
    private final int opcode;
    private final byte[] payload;

    Frame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    /** Which kind of frame it is (RFC 6455 §5.2). */
    public int opcode() {
      return opcode;
    }

    /** What it carries, unmasked. */
    public byte[] payload() {
      return payload;
    }

    /** The first byte. */
    public int channel() {
      return payload[0] & 0xff;
    }

    /** What follows the first byte. */
    public String text() {
      return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  ServerSide(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
  }

  void upgrade(String subprotocol) throws Exception {
    String key = "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-1")
            .digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
    answer(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: "
            + subprotocol
            + "\r\nSec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(hash)
            + "\r\n\r\n");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the client went away in its request");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private void answer(String head) throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Sends a message on a channel. */
  public void send(int channel, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(channel, bytes, bytes.length);
  }

  /** Sends a message on a channel. */
  public void send(int channel, byte[] bytes, int length) throws IOException {
    header(0x80 | BINARY, length + 1);
    out.write(channel);
    out.write(bytes, 0, length);
    out.flush();
  }

  /** Sends a message on a channel in two frames. */
  public void sendFragmented(int channel, String head, String tail) throws IOException {
    header(BINARY, head.length() + 1);
    out.write(channel);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    header(0x80, tail.length());
    out.write(tail.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Sends a close frame. */
  public void sendClose(int code) throws IOException {
    header(0x80 | CLOSE, 2);
    out.write(code >> 8);
    out.write(code);
    out.flush();
  }

  /** Sends a ping. */
  public void sendPing() throws IOException {
    header(0x80 | PING, 0);
    out.flush();
  }

  /** Sends the first half of a frame's header. */
  public void sendTornFrame() throws IOException {
    out.write(new byte[] {(byte) (0x80 | BINARY), 126, 1});
    out.flush();
  }

  /** Ends the connection with a TCP reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Sends a successful status and closes in order. */
  public void succeed() throws IOException {
    finish("{\"metadata\":{},\"status\":\"Success\"}");
  }

  /** Sends a status for a command that exited with a code, and closes in order. */
  public void exit(int code) throws IOException {
    finish(
        "{\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code: exit"
            + " status "
            + code
            + "\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\","
            + "\"message\":\""
            + code
            + "\"}]}}");
  }

  /** Sends a status and closes in order. */
  public void finish(String status) throws IOException {
    send(3, status);
    sendClose(1000);
    while (true) {
      Frame frame = receive();
      if (frame.opcode() == CLOSE) {
        return;
      }
    }
  }

  /** Receives the next data message; pings are passed over. */
  public Frame receiveData() throws IOException {
    for (Frame frame = receive(); ; frame = receive()) {
      if (frame.opcode() == BINARY) {
        return frame;
      }
    }
  }

  /** Receives the next frame of any kind. */
  public Frame receive() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new IOException("a client's frame must be masked");
    }
    int length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] mask = new byte[4];
    in.readFully(mask);
    byte[] payload = new byte[length];
    in.readFully(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new Frame(opcode, payload);
  }

  private void header(int first, int length) throws IOException {
    out.write(first);
    if (length < 126) {
      out.write(length);
    } else if (length <= 0xffff) {
      out.write(126);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >> shift));
      }
    }
  }
}
