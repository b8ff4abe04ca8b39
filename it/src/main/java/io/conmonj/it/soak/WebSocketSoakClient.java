package io.conmonj.it.soak;

import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A session on the channels of a WebSocket, which need no opening. */
final class WebSocketSoakClient implements SoakClient {
  private final WebSocketPeer link;
  private final Plan plan;

  WebSocketSoakClient(WebSocketPeer link, Plan plan) {
    this.link = link;
    this.plan = plan;
  }

  @Override
  public void openSome() {
    // They are there.
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    if (plan.protocol().base64()) {
      link.message('0', Base64.getEncoder().encode(bytes));
    } else {
      link.message(0, bytes);
    }
  }

  @Override
  public void readSome() throws IOException {
    // The first messages name the channel, and a port; they have no bytes of the session.
    int empty = plan.kind() == Kind.PORT_FORWARD ? 2 : 1;
    for (int i = 0; i <= empty; i++) {
      WebSocketFrame frame = link.read();
      if (frame.opcode() == WebSocketFrame.CLOSE) {
        throw new IOException("closed with " + frame.closeCode() + " instead of output");
      }
    }
  }

  @Override
  public void readEnd() throws IOException {
    if (plan.kind() != Kind.EXEC) {
      // It has no end but the client's.
      link.sendClose(1000);
    }
    int code = link.readClose().closeCode();
    if (code != 1000) {
      throw new IOException("ended with close code " + code);
    }
  }

  @Override
  public byte[] frame() {
    return WebSocketFrame.ofClient(
        WebSocketFrame.FIN | WebSocketFrame.BINARY,
        "0 half a message".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
