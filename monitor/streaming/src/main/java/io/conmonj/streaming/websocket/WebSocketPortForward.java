package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.portforward.Pair;
import io.conmonj.streaming.portforward.PairStreams;
import io.conmonj.streaming.portforward.PortForwardSession;
import io.conmonj.streaming.portforward.PortForwardTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.wire.Subprotocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Forwarded ports on the channels of a WebSocket: the port at index i of the request has one
 * connection, its data on channel 2i both ways and its error on 2i + 1. A side cannot end its half.
 */
final class WebSocketPortForward implements ChannelListener, PortForwardTransport {
  private final PortForwardRequest request;
  private final PortForwardSession session;
  private final List<Pair> pairs = new ArrayList<>();

  private ChannelMessages messages;
  private int open;

  WebSocketPortForward(
      Subprotocol subprotocol, PortForwardRequest request, SessionFactory sessions) {
    this.request = request;
    this.session = sessions.portForward(request, subprotocol.title(), this);
  }

  @Override
  public void opened(ChannelMessages messages) {
    this.messages = messages;
    session.start();
    open = request.ports().size();
    if (open == 0) {
      session.end(SessionEnd.ABORTED, "no ports were named for it");
      return;
    }
    for (int i = 0; i < request.ports().size(); i++) {
      int port = request.ports().get(i);
      messages.send(2 * i, littleEndian(port));
      messages.send(2 * i + 1, littleEndian(port));
      Port streams = new Port(2 * i);
      streams.pair = session.open(streams);
      pairs.add(streams.pair);
    }
    for (int i = 0; i < pairs.size(); i++) {
      session.connect(pairs.get(i), request.ports().get(i));
    }
  }

  @Override
  public void received(int channel, ByteBuf bytes) {
    boolean data = channel % 2 == 0;
    if (data) {
      pairs.get(channel / 2).received(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void ended(int channel) {
    // No subprotocol of this route has a message for it.
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void disconnected() {
    session.disconnected();
  }

  @Override
  public void lost(Throwable cause) {
    session.lost(cause);
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    throw new CannotMoveException("a session that forwards ports cannot be moved", false);
  }

  @Override
  public void thaw(ChannelMessages messages, StateReader in) throws UnreadableStateException {
    throw new UnreadableStateException("forwarded ports are never written down");
  }

  @Override
  public void goOn() {
    // It is never frozen.
  }

  @Override
  public void letGo() {
    // It is never frozen.
  }

  @Override
  public MemoryAccount memory() {
    return messages.memory();
  }

  @Override
  public boolean isWritable() {
    return messages.isWritable();
  }

  @Override
  public void setReading(boolean wanted) {
    messages.setReading(wanted);
  }

  @Override
  public void close() {
    messages.close();
  }

  @Override
  public void cut(Throwable cause) {
    messages.cut(cause);
  }

  private void closed() {
    if (--open == 0) {
      session.end(SessionEnd.FINISHED, "all its connections have ended");
    }
  }

  private static ByteBuf littleEndian(int port) {
    return Unpooled.buffer(Short.BYTES).writeShortLE(port);
  }

  /** The channels of one port. */
  private final class Port implements PairStreams {
    private final int data;
    private Pair pair;

    Port(int data) {
      this.data = data;
    }

    @Override
    public void write(ByteBuf bytes) {
      messages.send(data, bytes);
    }

    @Override
    public void end() {
      // The client cannot be told, nor end its half: the connection ends with its target.
      pair.ended();
    }

    @Override
    public void done() {
      closed();
    }

    @Override
    public void reset() {
      closed();
    }

    @Override
    public void fail(String message) {
      try {
        messages.send(data + 1, Unpooled.copiedBuffer(message, StandardCharsets.UTF_8));
      } finally {
        closed();
      }
    }
  }
}
