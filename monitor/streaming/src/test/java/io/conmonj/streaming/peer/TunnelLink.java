package io.conmonj.streaming.peer;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;

import java.io.IOException;
import java.util.Arrays;

/** Bytes in the binary messages of a WebSocket, wherever one of them ends. */
public final class TunnelLink implements ByteLink {
  private final WebSocketPeer webSocket;
  private final int length;
  private byte[] message = new byte[0];
  private int position;

  /** Sends in one message what is sent in one call. */
  public TunnelLink(WebSocketPeer webSocket) {
    this(webSocket, Integer.MAX_VALUE);
  }

  /** Cuts what is sent into messages of that many bytes, with an empty one behind each. */
  public TunnelLink(WebSocketPeer webSocket, int length) {
    this.webSocket = webSocket;
    this.length = length;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    if (length == Integer.MAX_VALUE) {
      webSocket.send(BINARY, bytes);
      return;
    }
    for (int i = 0; i < bytes.length; i += length) {
      webSocket.send(BINARY, Arrays.copyOfRange(bytes, i, Math.min(i + length, bytes.length)));
      webSocket.send(BINARY, new byte[0]);
    }
  }

  @Override
  public byte[] read(int count) throws IOException {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      if (position == message.length) {
        next();
      }
      int part = Math.min(count - done, message.length - position);
      System.arraycopy(message, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  private void next() throws IOException {
    WebSocketFrame frame = webSocket.read();
    if (frame.opcode() == CLOSE) {
      throw WebSocketPeer.closed(frame);
    }
    if (frame.opcode() != BINARY) {
      throw new IOException("a frame of type " + frame.opcode() + " in the tunnel");
    }
    message = frame.payload();
    position = 0;
  }

  @Override
  public void close() throws IOException {
    webSocket.close();
  }
}
