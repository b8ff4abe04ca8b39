package io.conmonj.streaming.server;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionRefusal;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where those sessions of a server begin whose clients do not come to it, until it is closed. Used
 * on the event loop thread only.
 */
final class OutsideSessions {
  private final LiveSessions sessions;
  private final Requests requests;
  private final MemoryAccount memory;
  private final StreamingLimits limits;
  private boolean closed;

  /**
   * @param sessions lists them
   * @param requests counts those that are refused
   * @param memory each has a share of it
   */
  OutsideSessions(
      LiveSessions sessions, Requests requests, MemoryAccount memory, StreamingLimits limits) {
    this.sessions = sessions;
    this.requests = requests;
    this.memory = memory;
    this.limits = limits;
  }

  /**
   * Begins one, see {@link StreamingServer#attached}.
   *
   * @throws TooManySessionsException when as many are connected as may be, or after {@link #close}
   */
  OutsideSession begin(String target, String protocol, Consumer<String> ending)
      throws TooManySessionsException {
    Optional<String> refusal =
        closed
            ? Optional.of("the streaming server is closed")
            : sessions.refusal(SessionKind.ATTACH, limits.sessions());
    if (refusal.isPresent()) {
      requests.countRefusal(SessionRefusal.TOO_MANY);
      throw new TooManySessionsException(refusal.get());
    }
    AttachRequest request = new AttachRequest(target, new Stdio(true, true, true, false));
    LiveSession live = sessions.entry(request, protocol);
    live.opened(ending);
    live.began();
    return outside(live);
  }

  /**
   * Goes on with one of another server, see {@link StreamingServer#attachedBefore}.
   *
   * @throws IOException if it cannot be read
   */
  OutsideSession goOn(byte[] frozen, Consumer<String> ending) throws IOException {
    StateReader in = new StateReader(frozen, Map.of());
    int version = in.number();
    if (version != OutsideSession.VERSION) {
      throw new IOException("session in version " + version + ", not known");
    }
    LiveSession live = sessions.thaw(SessionKind.ATTACH, in);
    live.goesOn(ending);
    return outside(live);
  }

  private OutsideSession outside(LiveSession live) {
    MemoryLimits each = limits.memory();
    return new OutsideSession(live, memory.share(each.each(), each.assured()));
  }

  /** Lets none begin any more; those that have are ended with the others. */
  void close() {
    closed = true;
  }
}
