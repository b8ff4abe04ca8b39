package io.conmonj.it.echo;

import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.wire.WebSocketLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A {@code cat} in a container, over WebSocket. */
public final class ExecEcho implements EchoSession {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final WebSocketLink link;

  private ExecEcho(WebSocketLink link) {
    this.link = link;
  }

  /** Starts it. */
  public static ExecEcho start(EchoPod pod) throws IOException {
    return new ExecEcho(WebSocketLink.open(pod.exec("cat"), "v5.channel.k8s.io"));
  }

  @Override
  public byte[] roundTrip(byte[] payload) throws IOException {
    link.send(WebSocketLink.BINARY, STDIN, payload);
    ByteArrayOutputStream echoed = new ByteArrayOutputStream();
    while (echoed.size() < payload.length) {
      WebSocketLink.Frame frame = link.read();
      byte[] message = frame.payload();
      if (frame.opcode() != WebSocketLink.BINARY || message[0] != STDOUT) {
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
