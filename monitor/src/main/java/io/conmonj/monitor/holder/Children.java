package io.conmonj.monitor.holder;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import java.util.ArrayList;
import java.util.List;

/**
 * The holder's children on behalf of this monitor: starting and adopting them, signals to them, and
 * their acknowledgement. Threads as for {@link HolderLink}.
 */
final class Children {
  private final Exchange exchange;
  private final Untold untold;
  private final HeldBack heldBack;

  // Spawned, adopted or listed, and not acknowledged: as many ends may be told.
  private int count;

  /**
   * @param untold has room for the end of each, before it is there
   * @param heldBack takes what a candidate may not ask yet
   */
  Children(Exchange exchange, Untold untold, HeldBack heldBack) {
    this.exchange = exchange;
    this.untold = untold;
    this.heldBack = heldBack;
  }

  /** As {@link HolderLink#spawn}. */
  Started spawn(SpawnCommand command, long tag) throws KernelException {
    untold.makeRoom(count + 1);
    try (Fd file = command.file()) {
      Body body = exchange.request(Protocol.SPAWN_BYTES);
      body.putLong(0, tag);
      List<Fd> descriptors = command.describe(body, file);
      return started(
          exchange.ask(
              Protocol.SPAWN, Protocol.SPAWN_BYTES, descriptors, "spawn", command.program()));
    }
  }

  /** As {@link HolderLink#adopt}. */
  Started adopt(int pid, long tag, long notBefore) throws KernelException {
    untold.makeRoom(count + 1);
    Body body = exchange.request(Protocol.ADOPT_BYTES);
    body.putInt(0, pid);
    body.putLong(8, tag);
    body.putLong(16, notBefore);
    return started(ask(Protocol.ADOPT, Protocol.ADOPT_BYTES, "adopt process", "" + pid));
  }

  private Started started(Body answer) {
    count++;
    return new Started(answer.getInt(0), answer.getLong(8));
  }

  /** As {@link HolderLink#list}; makes room for what this worker did not start itself. */
  List<HeldProcess> list() throws KernelException {
    List<HeldProcess> found = new ArrayList<>();
    int next = 0;
    do {
      exchange.request(4).putInt(0, next);
      Body body = ask(Protocol.LIST, 4, "list processes", "");
      next = body.getInt(0);
      for (int i = 0; i < body.getInt(4); i++) {
        found.add(ProcessRecords.read(body, 8 + i * Protocol.PROCESS_BYTES));
      }
    } while (next != 0);
    count = found.size();
    untold.makeRoom(count);
    return found;
  }

  /** As {@link HolderLink#signal}. */
  void signal(int pid, int signal, Whom whom) throws KernelException {
    if (heldBack.holds()) {
      heldBack.add(() -> signal(pid, signal, whom));
      return;
    }
    Body body = exchange.request(16);
    body.putInt(0, pid);
    body.putInt(4, signal);
    body.putInt(8, whom.number());
    ask(Protocol.SIGNAL, 16, "signal process", "" + pid);
  }

  /** As {@link HolderLink#acknowledge}. */
  void acknowledge(Started process) throws KernelException {
    if (heldBack.holds()) {
      heldBack.add(() -> acknowledge(process));
      return;
    }
    Body body = exchange.request(Protocol.STARTED_BYTES);
    body.putInt(0, process.pid());
    body.putLong(8, process.start());
    ask(Protocol.ACKNOWLEDGE, Protocol.STARTED_BYTES, "acknowledge process", "" + process.pid());
    count = Math.max(0, count - 1);
  }

  private Body ask(int kind, int length, String what, String subject) throws KernelException {
    return exchange.ask(kind, length, List.of(), what, subject);
  }
}
