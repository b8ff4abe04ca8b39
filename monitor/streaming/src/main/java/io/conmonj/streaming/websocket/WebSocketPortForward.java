package io.conmonj.streaming.websocket;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.portforward.Pair;
import io.conmonj.streaming.portforward.PairStreams;
import io.conmonj.streaming.portforward.PortForwardSession;
import io.conmonj.streaming.portforward.PortForwardTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.socket.Reading;
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
  private final List<Integer> ports;
  private final PortForwardSession session;
  private final List<Pair> pairs = new ArrayList<>();

  private ChannelMessages messages;
  private int open;

  WebSocketPortForward(
      Subprotocol subprotocol, PortForwardRequest request, SessionFactory sessions) {
    this.ports = request.ports();
    this.session = sessions.portForward(request, subprotocol.title(), this);
  }

  /**
   * As the other one, of a session that another server has had.
   *
   * @param in what that has written down, behind the kind
   */
  WebSocketPortForward(StateReader in, SessionFactory sessions) throws UnreadableStateException {
    this.session = sessions.portForward(in, this);
    this.ports = session.ports();
  }

  @Override
  public void opened(ChannelMessages messages) {
    this.messages = messages;
    session.start();
    open = ports.size();
    if (open == 0) {
      session.end(SessionEnd.ABORTED, "no ports were named for it");
      return;
    }
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(i);
      messages.send(2 * i, littleEndian(port));
      messages.send(2 * i + 1, littleEndian(port));
      Port streams = new Port(2 * i);
      streams.pair = session.open(streams);
      pairs.add(streams.pair);
    }
    connect();
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
  public long sessionId() {
    return session.id();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    out.word(SessionKind.PORT_FORWARD);
    session.freeze(out);
    out.number(open);
    for (int i = 0; i < pairs.size(); i++) {
      pairs.get(i).freeze(out, target(i));
    }
  }

  @Override
  public void thaw(ChannelMessages messages, StateReader in) throws UnreadableStateException {
    this.messages = messages;
    session.thaw(in);
    open = in.number();
    for (int i = 0; i < ports.size(); i++) {
      Port streams = new Port(2 * i);
      streams.pair = session.open(streams);
      pairs.add(streams.pair);
      streams.pair.thaw(in, target(i));
    }
  }

  @Override
  public void goOn() {
    connect();
  }

  @Override
  public void letGo() {
    session.letGo();
  }

  /** How many channels there are. */
  int channels() {
    return 2 * ports.size();
  }

  private static String target(int pair) {
    return "target" + pair;
  }

  /** Connects those that are not, for being new or being connected when another server had them. */
  private void connect() {
    for (int i = 0; i < pairs.size(); i++) {
      if (!pairs.get(i).goOn()) {
        session.connect(pairs.get(i), ports.get(i));
      }
    }
  }

  @Override
  public MemoryAccount memory() {
    return messages.memory();
  }

  @Override
  public Reading input() {
    return messages.input();
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
