package io.conmonj.streaming.live;

import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionTotals;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;

/** Adds up the sessions of one kind over one protocol. Used on the event loop thread only. */
final class Tally {
  private final SessionKind kind;
  private final String protocol;
  private long begun;
  private long received;
  private long sent;

  Tally(SessionKind kind, String protocol) {
    this.kind = kind;
    this.protocol = protocol;
  }

  boolean isOf(SessionKind otherKind, String otherProtocol) {
    return kind == otherKind && protocol.equals(otherProtocol);
  }

  void began() {
    begun++;
  }

  /** What a session carried until its end. */
  void ended(long itsReceived, long itsSent) {
    received += itsReceived;
    sent += itsSent;
  }

  /** Writes it down without those that have not ended. */
  void freeze(StateWriter out) {
    out.word(kind).text(protocol).bigNumber(begun).bigNumber(received).bigNumber(sent);
  }

  static Tally thaw(StateReader in) throws UnreadableStateException {
    Tally tally = new Tally(in.word(SessionKind.class), in.text());
    tally.begun = in.bigNumber();
    tally.received = in.bigNumber();
    tally.sent = in.bigNumber();
    return tally;
  }

  /** With those that have not ended. */
  SessionTotals totals(Iterable<LiveSession> live) {
    int connected = 0;
    long receivedNow = received;
    long sentNow = sent;
    for (LiveSession each : live) {
      if (each.tally() == this) {
        connected += each.isConnected() ? 1 : 0;
        receivedNow += each.received();
        sentNow += each.sent();
      }
    }
    return new SessionTotals(kind, protocol, begun, connected, receivedNow, sentNow);
  }
}
