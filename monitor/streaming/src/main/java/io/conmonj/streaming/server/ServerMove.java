package io.conmonj.streaming.server;

import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.socket.LingeringClose;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move of all that a server is busy with: to another server, or here from another. Used on the
 * event loop thread only.
 */
final class ServerMove {
  private static final Logger log = LoggerFactory.getLogger(ServerMove.class);

  /** Of {@link FrozenServer#state}. One that is left behind stays readable. */
  private static final int STATE_VERSION = 1;

  private final Tokens tokens;
  private final LiveSessions sessions;
  private final Requests requests;
  private final Connections connections;

  /** Null but between {@link #read} and {@link #goOn}. */
  private MovedConnections moved;

  /**
   * @param tokens of URLs that can still be redeemed
   * @param sessions have counted what there has been
   * @param requests have counted what was refused
   * @param connections move with all that they carry
   */
  ServerMove(Tokens tokens, LiveSessions sessions, Requests requests, Connections connections) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.requests = requests;
    this.connections = connections;
  }

  /**
   * Writes everything down, and changes nothing.
   *
   * @throws CannotMoveException if something cannot be moved, or not now
   */
  FrozenServer freeze() throws CannotMoveException {
    if (sessions.withoutClient() > 0) {
      throw new CannotMoveException("work goes on whose client has gone", true);
    }
    List<FrozenConnection> all = connections.freeze();
    StateWriter out = new StateWriter();
    out.number(STATE_VERSION);
    tokens.freeze(out);
    sessions.freeze(out);
    requests.freeze(out);
    return new FrozenServer(out.written(), all);
  }

  /**
   * Ends what keeps {@link #freeze} from succeeding now.
   *
   * @param reason for the persons at the clients; why theirs cannot be moved is said behind it
   * @param momentary whether to end also those of which that may be over in a moment
   * @return how many it were
   */
  int endStaying(String reason, boolean momentary) {
    int ended = 0;
    for (Map.Entry<Channel, CannotMoveException> each : connections.staying().entrySet()) {
      if (momentary || !each.getValue().isMomentary()) {
        ended += end(each.getKey(), reason + ": " + each.getValue().getMessage()) ? 1 : 0;
      }
    }
    return ended;
  }

  private boolean end(Channel connection, String reason) {
    if (MovedConnection.awaitsRequest(connection)) {
      log.info("a connection without a session is cut off: {}", reason);
      LingeringClose.reset(connection);
      return true;
    }
    return sessions.end(MovedConnection.sessionId(connection), reason);
  }

  /**
   * Reads what another server has written down, and begins nothing.
   *
   * @return why some of the connections could not be gone on with
   * @throws IOException if it cannot be read
   */
  List<String> read(FrozenServer frozen) throws IOException {
    StateReader in = new StateReader(frozen.state(), Map.of());
    int version = in.number();
    if (version != STATE_VERSION) {
      throw new IOException("state of a streaming server in version " + version + ", not known");
    }
    tokens.thaw(in);
    sessions.thaw(in);
    requests.thaw(in);
    moved = connections.moved();
    for (FrozenConnection each : frozen.connections()) {
      moved.read(each);
    }
    return moved.unreadable();
  }

  /**
   * Goes on with what was read.
   *
   * @param loop has the connections from here on
   */
  void goOn(EventLoop loop) {
    MovedConnections all = moved;
    moved = null;
    all.goOn(loop);
  }
}
