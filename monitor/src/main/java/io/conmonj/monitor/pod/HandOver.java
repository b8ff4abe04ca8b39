package io.conmonj.monitor.pod;

import io.conmonj.kernel.LentFd;
import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Bytes;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.monitor.state.Texts;
import io.conmonj.schema.State;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.FrozenConnection;
import io.conmonj.streaming.FrozenServer;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.server.StreamingServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves all that is under way to the next worker: streaming sessions, the commands that they run,
 * clients of attach sockets, URLs that can still be redeemed, what is kept for replay. What is
 * written down here, and the descriptors that go with it, are with the holder for the hand-over
 * alone: {@link TakeOver} takes them from there. Loop thread only.
 */
final class HandOver implements StateOwner {
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private final StreamingServer server;
  private final Containers containers;
  private final AttachSockets attachSockets;
  private final FdSocket fdSocket;
  private final Keeping keeping;
  private final StateKeeper state;

  /** Null but for the time of a hand-over. */
  private FrozenServer frozen;

  HandOver(
      StreamingServer server,
      Containers containers,
      AttachSockets attachSockets,
      FdSocket fdSocket,
      Keeping keeping,
      StateKeeper state) {
    this.server = server;
    this.containers = containers;
    this.attachSockets = attachSockets;
    this.fdSocket = fdSocket;
    this.keeping = keeping;
    this.state = state;
    state.owner(this);
  }

  /**
   * Gives the holder all that the next worker needs. Called by a duty of the loop, never from
   * within a call of one of the parts. As long as it is open whether the next worker goes on, the
   * caller keeps the loop's thread, so that nothing is read, written or done by a timer: if the
   * other one does, this process ends and touches nothing; if not, {@link #undo} comes before
   * anything else, and all goes on as if nothing had been.
   *
   * @return when, in the terms of {@link System#nanoTime}, the next worker has something to do that
   *     no descriptor tells: {@link FrozenConnection#NOW}, {@link FrozenConnection#NEVER}, or
   *     between them
   * @throws CannotMoveException when something cannot be moved, or not now: nothing has changed
   */
  long begin() throws CannotMoveException {
    FrozenServer written = freeze();
    frozen = written;
    try {
      keeping.together(this::deposit);
      if (!state.putSettled()) {
        throw new IOException("the holder does not take the state");
      }
    } catch (IOException refused) {
      undo();
      throw new CannotMoveException("hand over: " + refused.getMessage(), true);
    }
    return written.dueNanos();
  }

  private FrozenServer freeze() throws CannotMoveException {
    String because = containers.stayBecause();
    if (because != null) {
      throw new CannotMoveException(because, true);
    }
    if (fdSocket.owesAnswer()) {
      throw new CannotMoveException("descriptors that a client has sent are being kept", true);
    }
    attachSockets.movingClients().freeze();
    return server.freeze();
  }

  /**
   * Completes when what containers have written until now is in their logs, and what was written
   * down before is where it belongs; or that has failed.
   */
  CompletableFuture<Void> settled() {
    return CompletableFuture.allOf(state.settled(), containers.flushLogs());
  }

  /** The sessions that there are to be handed over. */
  List<SessionInfo> sessions() {
    return server.sessions();
  }

  /** What keeps {@link #begin} from succeeding now, in words; null when nothing does. */
  String obstacle() {
    try {
      var _ = freeze();
      return null;
    } catch (CannotMoveException stays) {
      return stays.getMessage();
    }
  }

  /**
   * Ends the clients that keep {@link #begin} from succeeding now, and no others.
   *
   * @param reason what they are told, before what it is that cannot be moved
   * @param momentary whether to end also those of which that may be over in a moment
   * @return how many
   */
  int endStaying(String reason, boolean momentary) {
    int ended = server.endStaying(reason, momentary);
    return momentary ? ended + attachSockets.movingClients().endStaying(reason) : ended;
  }

  private void deposit() throws IOException {
    for (int i = 0; i < frozen.connections().size(); i++) {
      int number = 0;
      FrozenConnection connection = frozen.connections().get(i);
      for (Map.Entry<String, Integer> each : connection.descriptors().entrySet()) {
        boolean pinged = connection.pinged().equals(Optional.of(each.getKey()));
        deposit(
            SessionNames.of(i, number++),
            each.getValue(),
            pinged ? WakeRule.READABLE_BUT_ECHO : WakeRule.READABLE);
      }
    }
    containers.movingExecs().deposit(keeping);
    attachSockets.movingClients().deposit();
  }

  private void deposit(String name, int number, WakeRule rule) throws IOException {
    try (LentFd socket = LentFd.of(number)) {
      keeping.depositOrFail(name, socket.fd(), rule);
    }
  }

  /** The next worker does not go on: this one does. */
  void undo() {
    if (frozen != null) {
      try {
        keeping.together(this::withdraw);
      } catch (IOException gone) {
        LOG.debug("the holder is gone", gone);
      }
    }
    var _ = state.putNow();
  }

  private void withdraw() {
    for (int i = 0; i < frozen.connections().size(); i++) {
      for (int j = 0; j < frozen.connections().get(i).descriptors().size(); j++) {
        keeping.withdraw(SessionNames.of(i, j));
      }
    }
    containers.movingExecs().withdraw(keeping);
    attachSockets.movingClients().stay();
    frozen = null;
  }

  @Override
  public void describe(State.Monitor.Builder to) {
    if (frozen == null) {
      return;
    }
    State.Sessions.Builder sessions = to.initSessions();
    Bytes.put(frozen.state(), sessions.initServer(frozen.state().length));
    StructList.Builder<State.Connection.Builder> list =
        sessions.initConnections(frozen.connections().size());
    for (int i = 0; i < frozen.connections().size(); i++) {
      FrozenConnection connection = frozen.connections().get(i);
      List<String> names = new ArrayList<>(connection.descriptors().keySet());
      Bytes.put(connection.state(), list.get(i).initState(connection.state().length));
      Texts.set(list.get(i).initDescriptors(names.size()), names);
    }
    containers.movingExecs().describe(sessions);
    attachSockets.movingClients().describe(sessions);
  }
}
