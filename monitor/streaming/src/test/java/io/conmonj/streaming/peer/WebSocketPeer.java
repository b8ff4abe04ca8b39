package io.conmonj.streaming.peer;

import static io.conmonj.streaming.peer.WebSocketFrame.BINARY;
import static io.conmonj.streaming.peer.WebSocketFrame.CLOSE;
import static io.conmonj.streaming.peer.WebSocketFrame.FIN;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One end of a WebSocket. Blocks; each way is used by one thread at a time. */
public final class WebSocketPeer implements AutoCloseable {
  private final PeerSocket socket;
  private final boolean isClient;

  private WebSocketPeer(PeerSocket socket, boolean isClient) {
    this.socket = socket;
    this.isClient = isClient;
  }

  /** The client's end; nothing has been said so far. */
  public static WebSocketPeer client(PeerSocket socket) {
    return new WebSocketPeer(socket, true);
  }

  /** Connects, and says nothing so far. */
  public static WebSocketPeer connect(URI url) throws IOException {
    return client(PeerSocket.connect(url));
  }

  /** The server's end; nothing has been said so far. */
  public static WebSocketPeer server(PeerSocket socket) {
    return new WebSocketPeer(socket, false);
  }

  /** Connects and upgrades; without a subprotocol if that is empty. */
  public static WebSocketPeer open(URI url, String subprotocol) throws IOException {
    return open(PeerSocket.connect(url), subprotocol);
  }

  /** Upgrades a connection, which is closed if that fails. */
  public static WebSocketPeer open(PeerSocket socket, String subprotocol) throws IOException {
    try {
      socket.upgrade(socket.webSocketRequest(subprotocol));
      return client(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** Connects to a remote command and reads its first message, the channel byte alone. */
  public static WebSocketPeer command(URI url, String subprotocol) throws IOException {
    WebSocketPeer peer = open(url, subprotocol);
    peer.read();
    return peer;
  }

  /** Asks for an upgrade; returns the head of the answer, whatever it says. */
  public List<String> upgrade(String subprotocol) throws IOException {
    socket.send(socket.webSocketRequest(subprotocol));
    return socket.head();
  }

  /** Reads a client's request for an upgrade, and grants it with a subprotocol. */
  void grantUpgrade(String subprotocol) throws IOException {
    socket.send(UpgradeAnswer.webSocket(socket.head(), subprotocol));
  }

  /** What is below. */
  public PeerSocket socket() {
    return socket;
  }

  /** Sends a whole frame. */
  public void send(int opcode, byte[] payload) throws IOException {
    sendFrame(FIN | opcode, payload);
  }

  /** Sends a frame of a message that goes on. */
  public void fragment(int opcode, byte[] payload) throws IOException {
    sendFrame(opcode, payload);
  }

  private void sendFrame(int firstByte, byte[] payload) throws IOException {
    socket.send(
        isClient
            ? WebSocketFrame.ofClient(firstByte, payload)
            : WebSocketFrame.ofServer(firstByte, payload));
  }

  /** Sends a binary message on a channel. */
  public void message(int channel, byte[] payload) throws IOException {
    byte[] message = new byte[payload.length + 1];
    message[0] = (byte) channel;
    System.arraycopy(payload, 0, message, 1, payload.length);
    send(BINARY, message);
  }

  /** The same with text. */
  public void message(int channel, String payload) throws IOException {
    message(channel, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a close frame. */
  public void sendClose(int code) throws IOException {
    send(CLOSE, new byte[] {(byte) (code >> Byte.SIZE), (byte) code});
  }

  /** The other side's next frame. */
  public WebSocketFrame read() throws IOException {
    return isClient ? WebSocketFrame.readOfServer(socket) : WebSocketFrame.readOfClient(socket);
  }

  /** Reads up to the next binary message; fails at the close frame. */
  public WebSocketFrame readMessage() throws IOException {
    WebSocketFrame frame = read();
    while (frame.opcode() != BINARY) {
      if (frame.opcode() == CLOSE) {
        throw closed(frame);
      }
      frame = read();
    }
    return frame;
  }

  static EOFException closed(WebSocketFrame frame) {
    return new EOFException("the WebSocket was closed with " + frame.closeCode());
  }

  /** Reads up to the next message on a channel; fails at the close frame. */
  public WebSocketFrame readUpTo(int channel) throws IOException {
    WebSocketFrame frame = readMessage();
    while (frame.channel() != channel) {
      frame = readMessage();
    }
    return frame;
  }

  /** Reads up to the close frame. */
  public WebSocketFrame readClose() throws IOException {
    WebSocketFrame frame = read();
    while (frame.opcode() != CLOSE) {
      frame = read();
    }
    return frame;
  }

  /** Reads up to the close frame, and answers it. */
  public CommandOutput readAll() throws IOException {
    CommandOutput output = new CommandOutput();
    for (WebSocketFrame frame = read(); frame.opcode() != CLOSE; frame = read()) {
      if (frame.opcode() == BINARY && frame.payload().length > 1) {
        output.add(frame);
      }
    }
    sendClose(1000);
    return output;
  }

  /** Whether the other side has ended the connection, without sending anything more. */
  public boolean atEnd() throws IOException {
    return socket.atEnd();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
