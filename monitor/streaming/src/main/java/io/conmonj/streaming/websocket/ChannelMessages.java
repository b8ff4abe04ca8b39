package io.conmonj.streaming.websocket;

import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.CloseCode;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Channels in messages: the first byte of each is the channel, the rest are bytes of that channel.
 * Clients send binary and text messages and mean the same by them.
 */
final class ChannelMessages implements MessageListener {
  /** What the bytes of the message being read are for. */
  private enum Reading {
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

  private WebSocketConnection connection;
  private Reading reading;
  private int channel;

  /**
   * @param subprotocol how channels are written
   * @param channels how many there are; messages on others are ignored
   * @param listener uses them
   */
  ChannelMessages(Subprotocol subprotocol, int channels, ChannelListener listener) {
    this.subprotocol = subprotocol;
    this.channels = channels;
    this.listener = listener;
  }

  /**
   * Sends bytes of a channel; dropped when the connection is closing.
   *
   * @param payload owned by this method; empty for a message that is the channel alone
   */
  void send(int channel, ByteBuf payload) {
    if (subprotocol.base64()) {
      Base64Output.send(connection, channel, payload);
    } else {
      connection.send(channel, payload);
    }
  }

  /** Sends a message that is the channel alone. */
  void announce(int channel) {
    send(channel, Unpooled.EMPTY_BUFFER);
  }

  MemoryAccount memory() {
    return connection.memory();
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
    base64.discard();
    connection.close();
  }

  @Override
  public void opened(WebSocketConnection connection) {
    this.connection = connection;
    listener.opened(this);
  }

  @Override
  public void messageStarted(boolean text) {
    reading = Reading.CHANNEL;
  }

  @Override
  public void messageBytes(ByteBuf bytes) throws WebSocketException {
    if (reading == Reading.CHANNEL) {
      startChannel(bytes.readUnsignedByte());
    }
    if (bytes.isReadable() && reading == Reading.PAYLOAD) {
      listener.received(channel, bytes);
      return;
    }
    try {
      if (bytes.isReadable() && reading == Reading.BASE64_PAYLOAD) {
        deliver(base64.add(bytes));
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
      case BASE64_PAYLOAD -> deliver(base64.end());
      case CHANNEL, PAYLOAD, IGNORED -> {
        // Everything was passed on, or nothing was wanted.
      }
    }
  }

  @Override
  public void writabilityChanged() {
    listener.writabilityChanged();
  }

  @Override
  public void disconnected() {
    base64.discard();
    listener.disconnected();
  }

  private void startChannel(int firstByte) {
    channel = subprotocol.base64() ? firstByte - '0' : firstByte;
    if (firstByte == Subprotocol.END_CHANNEL && subprotocol.halfClose()) {
      reading = Reading.CHANNEL_TO_END;
    } else if (channel < 0 || channel >= channels) {
      reading = Reading.IGNORED;
    } else {
      reading = subprotocol.base64() ? Reading.BASE64_PAYLOAD : Reading.PAYLOAD;
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
    if (reading == Reading.CHANNEL_TO_END) {
      channel = bytes.readUnsignedByte();
      reading = Reading.END_COMPLETE;
    }
    if (reading == Reading.END_COMPLETE && (channel >= channels || bytes.isReadable())) {
      throw invalidEnd();
    }
  }

  private static WebSocketException invalidEnd() {
    return new WebSocketException(
        CloseCode.PROTOCOL_ERROR,
        "message on channel " + Subprotocol.END_CHANNEL + " is not one channel number");
  }
}
