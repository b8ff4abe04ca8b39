package io.conmonj.it.upgrade;

import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A command, an attachment or a forwarded port on the channels of a WebSocket. */
final class WebSocketLink implements EchoLink {
  private static final byte[] NOTHING = {};
  private static final int NORMAL = 1000;

  /** The channel of what is sent: stdin, or the data of the first port. */
  private static final int INPUT = 0;

  private static final int STDOUT = 1;
  private static final int STATUS = 3;
  private static final int DATA = 0;

  private final WebSocketPeer peer;
  private final boolean base64;
  private final int output;
  private final int error;
  private final Ending ending;
  private final boolean leaves;

  private WebSocketLink(
      WebSocketPeer peer, boolean base64, int output, int error, boolean leaves, Ending ending) {
    this.peer = peer;
    this.base64 = base64;
    this.output = output;
    this.error = error;
    this.leaves = leaves;
    this.ending = ending;
  }

  /** Connects to a command or an attachment. */
  static WebSocketLink command(URI url, ClientProtocol protocol, Ending ending) throws IOException {
    WebSocketPeer peer = WebSocketPeer.open(url, protocol.name());
    return new WebSocketLink(peer, protocol.base64(), STDOUT, STATUS, false, ending);
  }

  /** Connects to a forwarded port, the only one of the URL. */
  static WebSocketLink forward(URI url, ClientProtocol protocol, int port) throws IOException {
    WebSocketPeer peer = WebSocketPeer.open(url, protocol.name());
    WebSocketLink link =
        new WebSocketLink(peer, protocol.base64(), DATA, DATA + 1, true, Ending.silent());
    byte[] number =
        ByteBuffer.allocate(Short.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) port)
            .array();
    for (int channel = 0; channel < 2; channel++) {
      byte[] message = peer.read().payload();
      if (link.channel(message) != channel || !Arrays.equals(link.content(message), number)) {
        throw new IOException("no port is told: " + Arrays.toString(message));
      }
    }
    return link;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    if (base64) {
      byte[] text = Base64.getEncoder().encode(bytes);
      byte[] message =
          ByteBuffer.allocate(1 + text.length).put((byte) ('0' + INPUT)).put(text).array();
      peer.send(WebSocketFrame.TEXT, message);
    } else {
      peer.message(INPUT, bytes);
    }
  }

  @Override
  public Optional<byte[]> receive() throws IOException {
    WebSocketFrame frame = peer.read();
    if (frame.opcode() == WebSocketFrame.CLOSE) {
      end(frame.closeCode());
      return Optional.empty();
    }
    byte[] message = frame.payload();
    if (frame.opcode() != (base64 ? WebSocketFrame.TEXT : WebSocketFrame.BINARY)) {
      throw new IOException("a frame of type " + frame.opcode());
    }
    int channel = channel(message);
    if (channel == output) {
      return Optional.of(content(message));
    }
    if (channel != error) {
      throw new IOException("a message on channel " + channel);
    }
    ending.add(content(message));
    return Optional.of(NOTHING);
  }

  private int channel(byte[] message) {
    return message[0] - (base64 ? '0' : 0);
  }

  private byte[] content(byte[] message) {
    byte[] content = Arrays.copyOfRange(message, 1, message.length);
    return base64 ? Base64.getDecoder().decode(content) : content;
  }

  private void end(int code) throws IOException {
    if (code != NORMAL) {
      throw new IOException("closed with " + code);
    }
    ending.check();
    if (!leaves) {
      peer.sendClose(NORMAL);
    }
    if (!peer.atEnd()) {
      throw new IOException("it goes on behind its end");
    }
  }

  @Override
  public void leave() throws IOException {
    if (leaves) {
      peer.sendClose(NORMAL);
    }
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
