package io.conmonj.streaming.spdy;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.portforward.PortForwardSession;
import io.conmonj.streaming.portforward.PortForwardTransport;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.socket.Reading;
import io.conmonj.streaming.wire.PortForwardProtocol;
import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreams;
import io.conmonj.streaming.wire.StreamType;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forwarded connections over SPDY: for each one the client opens an error and a data stream, in any
 * order, with the port and a number that says which belong together.
 */
final class SpdyPortForward implements ConnectionListener, PortForwardTransport {
  private static final String DATA = PortForwardProtocol.DATA;
  private static final String ERROR = StreamType.ERROR.headerValue();

  /** What a pair takes of the Java heap beside its request id: its objects, streams and timer. */
  private static final long PAIR_COST = 1024;

  private static final int MAX_PORT = 65535;
  private static final int MAX_PORT_DIGITS = 5;

  private final Duration streamCreation;
  private final MemoryAccount pairMemory;
  private final PortForwardSession session;
  private final Map<String, SpdyPair> pairs = new LinkedHashMap<>();

  private SpdyConnection connection;

  /**
   * @param protocol how what the client speaks is listed
   * @param streamCreation how long the client may take to open both streams of a connection
   */
  SpdyPortForward(
      PortForwardRequest request,
      String protocol,
      SessionFactory sessions,
      Duration streamCreation) {
    this.streamCreation = streamCreation;
    this.pairMemory = sessions.pairs();
    this.session = sessions.portForward(request, protocol, this);
  }

  /**
   * As the other one, of a session that another server has had.
   *
   * @param in what that has written down, behind the kind
   */
  SpdyPortForward(StateReader in, SessionFactory sessions, Duration streamCreation)
      throws UnreadableStateException {
    this.streamCreation = streamCreation;
    this.pairMemory = sessions.pairs();
    this.session = sessions.portForward(in, this);
  }

  @Override
  public void opened(SpdyConnection connection) {
    this.connection = connection;
    session.start();
  }

  @Override
  public void streamOpened(SpdyStream stream, SpdyHeaders headers) {
    CharSequence type = headers.get(StreamType.HEADER);
    int port = port(headers.get(PortForwardProtocol.PORT));
    boolean isData = type != null && DATA.contentEquals(type);
    boolean isError = type != null && ERROR.contentEquals(type);
    if (port == 0 || !(isData || isError)) {
      stream.cancel();
      return;
    }
    String id = requestId(headers.get(PortForwardProtocol.REQUEST_ID), stream, isData);
    SpdyPair pair = pairs.get(id);
    if (pair == null) {
      long cost = cost(id);
      if (!pairMemory.tryHold(cost)) {
        // What is open already goes on.
        stream.reset(SpdyStreamStatus.REFUSED_STREAM);
        return;
      }
      pair = addPair(id, cost);
      pair.expireAfter(connection.executor(), streamCreation);
    }
    if (pair.has(isData)) {
      pair.complain(
          "error processing stream for request "
              + id
              + ": "
              + (isData ? DATA : ERROR)
              + " stream already assigned");
      stream.cancel();
    } else {
      pair.add(stream, isData, port);
    }
  }

  @Override
  public long sessionId() {
    return session.id();
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    out.word(SessionKind.PORT_FORWARD);
    session.freeze(out);
    out.number(pairs.size());
    int number = 0;
    for (Map.Entry<String, SpdyPair> each : pairs.entrySet()) {
      out.text(each.getKey());
      each.getValue().freeze(out, target(number++));
    }
  }

  @Override
  public void thaw(SpdyConnection connection, SpdyStreams streams, StateReader in)
      throws UnreadableStateException {
    this.connection = connection;
    session.thaw(in);
    int count = in.number();
    for (int i = 0; i < count; i++) {
      String id = in.text();
      long cost = cost(id);
      pairMemory.hold(cost);
      addPair(id, cost).thaw(in, streams, target(i));
    }
  }

  @Override
  public void goOn() {
    for (SpdyPair each : List.copyOf(pairs.values())) {
      each.goOn(connection.executor(), streamCreation);
    }
  }

  @Override
  public void letGo() {
    forgetAll();
    session.letGo();
  }

  private static String target(int pair) {
    return "target" + pair;
  }

  private static long cost(String id) {
    return PAIR_COST + (long) Character.BYTES * id.length();
  }

  private SpdyPair addPair(String id, long cost) {
    SpdyPair pair = new SpdyPair(id, session, () -> forget(id, cost));
    pairs.put(id, pair);
    return pair;
  }

  private void forget(String id, long cost) {
    if (pairs.remove(id) != null) {
      pairMemory.free(cost);
    }
  }

  @Override
  public void writabilityChanged() {
    session.writabilityChanged();
  }

  @Override
  public void failing(String reason) {
    session.abort(reason);
  }

  @Override
  public void disconnected() {
    forgetAll();
    session.disconnected();
  }

  @Override
  public void lost(Throwable cause) {
    forgetAll();
    session.lost(cause);
  }

  private void forgetAll() {
    for (SpdyPair pair : List.copyOf(pairs.values())) {
      pair.forget();
    }
  }

  @Override
  public MemoryAccount memory() {
    return connection.memory();
  }

  @Override
  public Reading input() {
    return connection.input();
  }

  @Override
  public boolean isWritable() {
    return connection.isWritable();
  }

  @Override
  public void setReading(boolean wanted) {
    connection.setReading(wanted);
  }

  @Override
  public void close() {
    connection.end(SpdySessionStatus.OK);
  }

  @Override
  public void cut(Throwable cause) {
    connection.cut(cause);
  }

  /** Old clients send no number: they open the error stream first and the data stream next. */
  private static String requestId(CharSequence header, SpdyStream stream, boolean isData) {
    if (header != null && !header.isEmpty()) {
      return header.toString();
    }
    return Integer.toString(isData ? stream.id() - 2 : stream.id());
  }

  /** A port in decimal; 0 when it is none. */
  private static int port(CharSequence header) {
    if (header == null || header.isEmpty() || header.length() > MAX_PORT_DIGITS) {
      return 0;
    }
    int port = 0;
    for (int i = 0; i < header.length(); i++) {
      char digit = header.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
      port = port * 10 + (digit - '0');
    }
    return port <= MAX_PORT ? port : 0;
  }
}
