package io.conmonj.monitor.pod;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.attach.MovingClients;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with what the worker before has left by its {@link HandOver}. Where that worker has died
 * instead, its clients are cut off: none may take that for an end in order. Loop thread only.
 */
final class TakeOver {
  private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

  /** How long a command waits for the session that had it. */
  private static final Duration CLAIM = Duration.ofSeconds(1);

  private final Keeping keeping;
  private final StateKeeper state;
  private final StreamingServer server;
  private final AttachSockets attachSockets;
  private final boolean isHandedOver;
  private final State.Sessions.Reader sessions;
  private final List<FrozenConnection> connections;
  private final List<Fd> viewers;
  private final Optional<Fd> listener;

  /** Why the server cannot go on with anything; null when it can, or there is nothing. */
  private IOException unreadable;

  /**
   * Takes what was left for clients; all of it is with the holder no more when this worker is the
   * one that goes on, before it reads or writes a byte. So it is gone on with once, or cut off. It
   * is read as far as that begins nothing: of what cannot be gone on with the one who left it is
   * told, so that a candidate leaves it to the other worker.
   *
   * @param attachSockets those there are, which are there again
   */
  TakeOver(
      Inheritance left,
      Keeping keeping,
      StateKeeper state,
      StreamingServer server,
      AttachSockets attachSockets) {
    this.keeping = keeping;
    this.state = state;
    this.server = server;
    this.attachSockets = attachSockets;
    isHandedOver = left.isHandedOver();
    sessions = left.monitor().getSessions();
    listener = left.take(KeptListening.KEPT_AS);
    viewers = MovingClients.take(left, keeping);
    connections = takeConnections(left);
    if (isHandedOver) {
      read(left);
    }
  }

  private void read(Inheritance left) {
    try {
      if (hasServer()) {
        for (String each : server.read(new FrozenServer(serverState(), connections))) {
          left.loses("a streaming session: " + each);
        }
      }
    } catch (IOException none) {
      unreadable = none;
      left.loses("streaming sessions: " + Reason.of(none));
    }
    attachSockets.movingClients().lost(sessions, viewers).forEach(left::loses);
  }

  private boolean hasServer() {
    return sessions.getServer().size() > 0;
  }

  private byte[] serverState() {
    return sessions.getServer().toArray();
  }

  /** Begins; called once, when the containers are there again. */
  void begin(EventLoop loop, Containers containers) {
    if (isHandedOver) {
      // Where that fails and this worker dies, the next one knows by its death that nothing was
      // handed over to it: see Inheritance.isHandedOver.
      var _ = state.putNow();
      goOn();
      attachSockets.movingClients().restore(sessions, viewers);
    } else {
      viewers.forEach(Fd::close);
    }
    KeptListening.begin(server, keeping, listener);
    loop.duty(containers.movingExecs()::hangUpUnclaimed).dueAfter(CLAIM);
  }

  private List<FrozenConnection> takeConnections(Inheritance left) {
    List<FrozenConnection> taken = new ArrayList<>();
    StructList.Reader<State.Connection.Reader> list = sessions.getConnections();
    for (int i = 0; i < list.size() && isHandedOver; i++) {
      taken.add(take(left, list.get(i), i));
    }
    for (String name : left.left()) {
      if (SessionNames.isOne(name)) {
        keeping.withdraw(name);
        cut(left.take(name).orElseThrow().release());
      }
    }
    return taken;
  }

  private FrozenConnection take(Inheritance left, State.Connection.Reader connection, int number) {
    Map<String, Integer> descriptors = new HashMap<>();
    List<String> names = Texts.of(connection.getDescriptors());
    for (int i = 0; i < names.size(); i++) {
      String keptAs = SessionNames.of(number, i);
      Optional<Fd> kept = left.take(keptAs);
      if (kept.isPresent()) {
        keeping.withdraw(keptAs);
        descriptors.put(names.get(i), kept.get().release());
      } else {
        left.loses("descriptor " + keptAs + " of a streaming session");
      }
    }
    return new FrozenConnection(connection.getState().toArray(), descriptors);
  }

  private void goOn() {
    if (unreadable != null) {
      LOG.error("streaming sessions of the worker before are cut off", unreadable);
      for (FrozenConnection each : connections) {
        each.descriptors().values().forEach(TakeOver::cut);
      }
    } else if (hasServer()) {
      server.goOn();
    }
  }

  /** Whoever is at its other end sees a reset. */
  private static void cut(int socket) {
    EpollSocketChannel channel = new EpollSocketChannel(socket);
    channel.config().setSoLinger(0);
    channel.unsafe().closeForcibly();
  }
}
