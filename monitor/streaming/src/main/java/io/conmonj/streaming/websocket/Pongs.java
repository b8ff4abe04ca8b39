package io.conmonj.streaming.websocket;

import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.wire.Opcode;

/**
 * Answers pings, of which Kubernetes clients send one every five seconds: they give a connection up
 * when no pong has come for a minute.
 *
 * <p>Two things could stop the pongs. A client that does not read: then only the latest ping is
 * kept and answered later (RFC 6455, 5.5.3), so that pings cannot fill the memory. And input that
 * is held back because its process does not take it: a ping behind that input cannot be seen
 * without reading it all, so meanwhile pongs are sent without being asked (a heartbeat in one
 * direction, 5.5.3), also to a client whose first ping may lie there: to client-go any pong will
 * do. That costs no memory, where reading on would cost whatever the client sends.
 */
final class Pongs {
  private final FrameEncoder frames;

  /** The payload of the latest ping; empty before the first. */
  private byte[] latest = {};

  private boolean postponed;

  /**
   * @param frames sends them
   */
  Pongs(FrameEncoder frames) {
    this.frames = frames;
  }

  void answer(byte[] payload) {
    latest = payload;
    send();
  }

  /** To be called when the channel has become writable. */
  void sendPostponed() {
    if (postponed) {
      send();
    }
  }

  /**
   * To be called now and then while nothing is read, within the minute that client-go waits, so
   * that even a late one comes in time.
   */
  void sendUnasked() {
    send();
  }

  /** Writes down what is to be answered. */
  void freeze(StateWriter out) {
    out.bytes(latest).flag(postponed);
  }

  /** Goes on where another one has been. */
  void thaw(StateReader in) throws UnreadableStateException {
    latest = in.bytes();
    postponed = in.flag();
  }

  private void send() {
    postponed = !frames.isWritable();
    if (!postponed) {
      var _ = frames.sendControl(Opcode.PONG, latest);
    }
  }
}
