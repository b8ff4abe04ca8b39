package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Bytes;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.capnproto.StructList;

/**
 * The clients of attach sockets, on their way from one worker to the next: their sockets are
 * deposited, and what there is to know of them is in the state, for the hand-over alone. Should a
 * worker die they are cut off with it. Loop thread only.
 */
public final class MovingClients {
  /** What the names of their sockets begin with, where they are kept. */
  private static final String PREFIX = "viewer";

  private final Collection<AttachSocket> sockets;
  private final Keeping keeping;

  /** What each has under way, as it was written down; in the order in which they are described. */
  private List<Frozen> frozen = List.of();

  @SuppressWarnings("ArrayRecordComponent") // It is written out as it is, and never compared.
  private record Frozen(int socket, Fd client, byte[] state) {}

  /**
   * @param sockets always those that there are
   */
  MovingClients(Collection<AttachSocket> sockets, Keeping keeping) {
    this.sockets = sockets;
    this.keeping = keeping;
  }

  /** Whether there is something to do for one of them that no descriptor will tell. */
  public boolean anyWaits() {
    for (AttachSocket each : sockets) {
      for (AttachClient client : each.connections()) {
        if (client.waits()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Writes all of them down, for {@link #deposit} and {@link #describe}.
   *
   * @throws CannotMoveException when one cannot be moved, or a socket is being made or removed
   */
  public void freeze() throws CannotMoveException {
    List<Frozen> all = new ArrayList<>();
    for (AttachSocket each : sockets) {
      if (!each.isSettled()) {
        throw new CannotMoveException("an attach socket is being made or removed", true);
      }
      for (AttachClient client : each.connections()) {
        StateWriter out = new StateWriter();
        client.freeze(out);
        all.add(new Frozen(each.number(), client.socket(), out.written()));
      }
    }
    frozen = all;
  }

  /**
   * Ends those that cannot be moved now, each of which is about to end anyway.
   *
   * @param reason for the log, before what it is that cannot be moved
   * @return how many
   */
  public int endStaying(String reason) {
    int ended = 0;
    for (AttachSocket each : sockets) {
      for (AttachClient client : List.copyOf(each.connections())) {
        try {
          client.freeze(new StateWriter());
        } catch (CannotMoveException stays) {
          client.end(SessionEnd.REQUESTED, reason + ": " + stays.getMessage());
          ended++;
        }
      }
    }
    return ended;
  }

  /**
   * Deposits their sockets.
   *
   * @throws IOException when one is refused: then they are to be {@linkplain #stay withdrawn}
   */
  public void deposit() throws IOException {
    for (int i = 0; i < frozen.size(); i++) {
      keeping.depositOrFail(name(i), frozen.get(i).client(), WakeRule.READABLE);
    }
  }

  /** They stay: withdraws what was deposited, or was to be. */
  public void stay() {
    for (int i = 0; i < frozen.size(); i++) {
      keeping.withdraw(name(i));
    }
    frozen = List.of();
  }

  /** Says what the next worker needs to know of them. */
  public void describe(State.Sessions.Builder to) {
    StructList.Builder<State.Viewer.Builder> list = to.initViewers(frozen.size());
    for (int i = 0; i < frozen.size(); i++) {
      list.get(i).setSocket(frozen.get(i).socket());
      byte[] state = frozen.get(i).state();
      Bytes.put(state, list.get(i).initState(state.length));
    }
  }

  /** Takes the sockets that the worker before has left; they are kept no more. */
  public static List<Fd> take(Inheritance left, Keeping keeping) {
    List<Fd> clients = new ArrayList<>();
    for (Optional<Fd> next = left.take(name(0)); next.isPresent(); ) {
      clients.add(next.get());
      keeping.withdraw(name(clients.size() - 1));
      next = left.take(name(clients.size()));
    }
    return clients;
  }

  /**
   * Which of them could not be gone on with, in words for an operator, as far as that is known
   * before anything is begun.
   *
   * @param clients what {@link #take} has taken
   */
  public List<String> lost(State.Sessions.Reader left, List<Fd> clients) {
    List<String> lost = new ArrayList<>();
    StructList.Reader<State.Viewer.Reader> list = left.getViewers();
    for (int i = 0; i < list.size(); i++) {
      State.Viewer.Reader client = list.get(i);
      if (i >= clients.size()
          || find(client.getSocket()) == null
          || !AttachClient.isReadable(client.getState().toArray())) {
        lost.add("a client of attach socket " + client.getSocket());
      }
    }
    return lost;
  }

  /**
   * Goes on with those of a worker that has handed over.
   *
   * @param clients what {@link #take} has taken
   */
  public void restore(State.Sessions.Reader left, List<Fd> clients) {
    StructList.Reader<State.Viewer.Reader> list = left.getViewers();
    for (int i = 0; i < clients.size(); i++) {
      AttachSocket socket = i < list.size() ? find(list.get(i).getSocket()) : null;
      if (socket == null) {
        clients.get(i).close();
      } else {
        socket.goOn(clients.get(i), list.get(i).getState().toArray());
      }
    }
  }

  private AttachSocket find(int number) {
    for (AttachSocket each : sockets) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  private static String name(int index) {
    return PREFIX + (index + 1);
  }
}
