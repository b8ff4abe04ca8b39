package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.Pieces;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Channels in messages: the first byte of each is the channel, the rest are bytes of that channel.
 * Clients send binary and text messages and mean the same by them.
 */
final class ChannelMessages implements MessageListener {
  /** What the bytes of the message being read are for. */
  private enum Purpose {
    CHANNEL,
    PAYLOAD,
    BASE64_PAYLOAD,
    CHANNEL_TO_END,
    /** Nothing may follow. */
    END_COMPLETE,
    IGNORED
  }

  private final Subprotocol subprotocol;
  private final int channels;
  private final ChannelListener listener;
  private final Base64Input base64 = new Base64Input();

  /** Null where messages are passed on as they come. */
  private final Pieces pieces;

  private WebSocketConnection connection;
  private Purpose reading;
  private int channel;

  private ChannelMessages(
      Subprotocol subprotocol, int channels, ChannelListener listener, Pieces pieces) {
    this.subprotocol = subprotocol;
    this.channels = channels;
    this.listener = listener;
    this.pieces = pieces;
  }

  /**
   * Messages whose bytes are passed on as they come.
   *
   * @param subprotocol how channels are written
   * @param channels how many there are; messages on others are ignored
   * @param listener uses them
   */
  static ChannelMessages inPieces(Subprotocol subprotocol, int channels, ChannelListener listener) {
    return new ChannelMessages(subprotocol, channels, listener, null);
  }

  /** The same, but each message is passed on whole, up to {@link Pieces#MOST_TYPED}. */
  static ChannelMessages whole(Subprotocol subprotocol, int channels, ChannelListener listener) {
    return new ChannelMessages(subprotocol, channels, listener, new Pieces(Pieces.MOST_TYPED));
  }

  /**
   * Sends bytes of a channel; dropped when the connection is closing.
   *
   * @param payload owned by this method; empty for a message that is the channel alone
   */
  void send(int channel, ByteBuf payload) {
    if (!subprotocol.base64()) {
      connection.send(channel, payload);
      return;
    }
    try {
      Base64Output.send(connection, channel, payload);
    } catch (RuntimeException | Error unmade) {
      connection.cut(unmade);
    }
  }

  /** Resets the connection: something could not even be sent. */
  void cut(Throwable cause) {
    connection.cut(cause);
  }

  /** Sends a message that is the channel alone. */
  void announce(int channel) {
    send(channel, Unpooled.EMPTY_BUFFER);
  }

  MemoryAccount memory() {
    return connection.memory();
  }

  Reading input() {
    return connection.input();
  }

  boolean isWritable() {
    return connection.isWritable();
  }

  boolean closedInOrder() {
    return connection.closedInOrder();
  }

  void setReading(boolean wanted) {
    connection.setReading(wanted);
  }

  void close() {
    discard();
    connection.close();
  }

  @Override
  public void opened(WebSocketConnection connection) {
    this.connection = connection;
    listener.opened(this);
  }

  @Override
  public void messageStarted(boolean text) {
    reading = Purpose.CHANNEL;
  }

  @Override
  public void messageBytes(ByteBuf bytes) throws WebSocketException {
    if (reading == Purpose.CHANNEL) {
      startChannel(bytes.readUnsignedByte());
    }
    if (bytes.isReadable() && reading == Purpose.PAYLOAD) {
      piece(bytes);
      return;
    }
    try {
      if (bytes.isReadable() && reading == Purpose.BASE64_PAYLOAD) {
        piece(base64.add(bytes));
      } else if (bytes.isReadable()) {
        endBytes(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void messageEnded() throws WebSocketException {
    switch (reading) {
      case CHANNEL_TO_END -> throw invalidEnd();
      case END_COMPLETE -> listener.ended(channel);
      case BASE64_PAYLOAD -> piece(base64.end());
      case CHANNEL, PAYLOAD, IGNORED -> {
        // Everything was passed on, or nothing was wanted.
      }
    }
    deliverKept();
  }

  @Override
  public void noRoom() {
    // Kept, it would itself be why the rest is not read.
    piece(base64.takeHeld());
    deliverKept();
  }

  @Override
  public void writabilityChanged() {
    listener.writabilityChanged();
  }

  @Override
  public void disconnected() {
    // What came of a message that does not come to its end counts like all that came before.
    deliverKept();
    base64.discard();
    listener.disconnected();
  }

  @Override
  public void lost(Throwable cause) {
    discard();
    listener.lost(cause);
  }

  @Override
  public long sessionId() {
    return listener.sessionId();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    out.text(subprotocol.name());
    listener.freeze(out);
    out.flag(reading != null);
    if (reading != null) {
      out.word(reading).number(channel);
    }
    base64.freeze(out);
    out.flag(pieces != null);
    if (pieces != null) {
      pieces.freeze(out);
    }
  }

  @Override
  public void thaw(WebSocketConnection connection, StateReader in) throws UnreadableStateException {
    this.connection = connection;
    listener.thaw(this, in);
    if (in.flag()) {
      reading = in.word(Purpose.class);
      channel = in.number();
    }
    base64.thaw(in, connection.memory().allocator());
    if (in.flag() && pieces != null) {
      pieces.thaw(in, connection.memory());
    }
  }

  @Override
  public void goOn() {
    listener.goOn();
  }

  @Override
  public void letGo() {
    discard();
    listener.letGo();
  }

  private void startChannel(int firstByte) {
    channel = subprotocol.base64() ? firstByte - '0' : firstByte;
    if (firstByte == Subprotocol.END_CHANNEL && subprotocol.halfClose()) {
      reading = Purpose.CHANNEL_TO_END;
    } else if (channel < 0 || channel >= channels) {
      reading = Purpose.IGNORED;
    } else {
      reading = subprotocol.base64() ? Purpose.BASE64_PAYLOAD : Purpose.PAYLOAD;
    }
  }

  private void piece(ByteBuf payload) {
    if (pieces == null || !payload.isReadable()) {
      deliver(payload);
    } else {
      deliver(pieces.add(payload, connection.memory()));
    }
  }

  private void deliverKept() {
    if (pieces != null) {
      deliver(pieces.take());
    }
  }

  private void discard() {
    base64.discard();
    if (pieces != null) {
      pieces.take().release();
    }
  }

  private void deliver(ByteBuf payload) {
    if (payload.isReadable()) {
      listener.received(channel, payload);
    } else {
      payload.release();
    }
  }

  private void endBytes(ByteBuf bytes) throws WebSocketException {
    if (reading == Purpose.CHANNEL_TO_END) {
      channel = bytes.readUnsignedByte();
      reading = Purpose.END_COMPLETE;
    }
    if (reading == Purpose.END_COMPLETE && (channel >= channels || bytes.isReadable())) {
      throw invalidEnd();
    }
  }

  private static WebSocketException invalidEnd() {
    return new WebSocketException(
        CloseCode.PROTOCOL_ERROR,
        "message on channel " + Subprotocol.END_CHANNEL + " is not one channel number");
  }
}
