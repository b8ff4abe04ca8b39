package io.conmonj.it.wire;

import java.io.EOFException;
import java.io.IOException;

/** Bytes in the binary messages of a WebSocket. */
final class TunnelLink implements ByteLink {
  private final WebSocketLink webSocket;
  private byte[] message = new byte[0];
  private int position;

  TunnelLink(WebSocketLink webSocket) {
    this.webSocket = webSocket;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    webSocket.send(WebSocketLink.BINARY, bytes);
  }

  @Override
  public byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      if (position == message.length) {
        next();
      }
      int part = Math.min(length - done, message.length - position);
      System.arraycopy(message, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  private void next() throws IOException {
    WebSocketLink.Frame frame = webSocket.read();
    if (frame.opcode() == WebSocketLink.CLOSE) {
      throw new EOFException("the WebSocket was closed with " + frame.closeCode());
    }
    message = frame.opcode() == WebSocketLink.BINARY ? frame.payload() : new byte[0];
    position = 0;
  }

  @Override
  public void close() throws IOException {
    webSocket.close();
  }
}
