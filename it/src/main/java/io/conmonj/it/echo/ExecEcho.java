package io.conmonj.it.echo;

import io.conmonj.it.pod.EchoPod;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A {@code cat} in a container, over WebSocket. */
public final class ExecEcho implements EchoSession {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final WebSocketPeer link;

  private ExecEcho(WebSocketPeer link) {
    this.link = link;
  }

  /** Starts it. */
  public static ExecEcho start(EchoPod pod) throws IOException {
    return new ExecEcho(WebSocketPeer.open(pod.exec("cat"), "v5.channel.k8s.io"));
  }

  @Override
  public byte[] roundTrip(byte[] payload) throws IOException {
    link.message(STDIN, payload);
    ByteArrayOutputStream echoed = new ByteArrayOutputStream();
    while (echoed.size() < payload.length) {
      WebSocketFrame frame = link.read();
      byte[] message = frame.payload();
      if (frame.opcode() != WebSocketFrame.BINARY || message[0] != STDOUT) {
        throw new IOException("not output of cat: " + Arrays.toString(message));
      }
      echoed.write(message, 1, message.length - 1);
    }
    return echoed.toByteArray();
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
