package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.state.Bytes;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.schema.State;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The further processes in containers, on their way from one worker to the next: their streams are
 * deposited, and what there is to know of them is in the state, for the hand-over alone. Should a
 * worker die they end with it. Loop thread only.
 */
public final class MovingExecs {
  private static final Logger LOG = LoggerFactory.getLogger(MovingExecs.class);

  private final LaunchContext context;
  private final ExecProcesses execs;

  /** Of the worker before, by the numbers that they had in its state, until they are claimed. */
  private final Map<Integer, ExecProcess> unclaimed = new LinkedHashMap<>();

  MovingExecs(LaunchContext context, ExecProcesses execs) {
    this.context = context;
    this.execs = execs;
  }

  /** What keeps one of them here, in words for an operator; null when nothing does. */
  public String stayBecause() {
    for (ExecProcess each : execs.all()) {
      String because = each.staysBecause();
      if (because != null) {
        return because;
      }
    }
    return null;
  }

  /** Whether there is something to do for one of them that no descriptor will tell. */
  public boolean anyWaits() {
    for (ExecProcess each : execs.all()) {
      if (each.staysBecause() == null && each.waits()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The number of a process in the state as it would be now, from 1 on.
   *
   * @param process one that has not finished
   */
  public int number(ExecProcess process) {
    int number = 1;
    for (ExecProcess each : execs.all()) {
      if (each == process) {
        return number;
      }
      number++;
    }
    throw new IllegalArgumentException("a process that has finished");
  }

  /**
   * Deposits the streams of all of them.
   *
   * @throws IOException when one is refused: then they are to be {@linkplain #withdraw withdrawn}
   */
  public void deposit(Keeping keeping) throws IOException {
    int number = 1;
    for (ExecProcess each : execs.all()) {
      each.running().streams().deposit(keeping, KeptNames.execPrefix(number++));
    }
  }

  /** They stay: withdraws what was deposited, or was to be. */
  public void withdraw(Keeping keeping) {
    int count = execs.all().size();
    for (int number = 1; number <= count; number++) {
      KeptNames.withdrawStreams(keeping, KeptNames.execPrefix(number));
    }
  }

  /** Says what the next worker needs to know of them. */
  public void describe(State.Sessions.Builder to) {
    List<ExecProcess> all = execs.all();
    StructList.Builder<State.Exec.Builder> list = to.initExecs(all.size());
    for (int i = 0; i < all.size(); i++) {
      describe(all.get(i), list.get(i));
    }
  }

  private static void describe(ExecProcess process, State.Exec.Builder to) {
    Launched launched = process.running();
    to.setContainer(process.container());
    to.setProcessId(launched.process().pid());
    to.setStartTime(launched.process().start());
    to.setTerminal(launched.streams().isTerminal());
    Optional<PipeWriter> stdin = launched.streams().stdin();
    to.setStdin(stdin.isPresent());
    if (stdin.isPresent()) {
      byte[] waiting = stdin.get().waiting();
      Bytes.put(waiting, to.initWaiting(waiting.length));
    }
    to.setDetached(process.detached());
  }

  /**
   * Goes on with those of the worker before, if it has handed over; what else is left of such is
   * closed. They are kept no more from here on.
   */
  void restore(Inheritance left) {
    if (left.isHandedOver()) {
      StructList.Reader<State.Exec.Reader> list = left.monitor().getSessions().getExecs();
      for (int i = 0; i < list.size(); i++) {
        restore(list.get(i), left, i + 1);
      }
    }
    for (String name : left.left()) {
      if (KeptNames.isOfExec(name)) {
        left.take(name).ifPresent(Fd::close);
        context.keeping().withdraw(name);
      }
    }
  }

  private void restore(State.Exec.Reader from, Inheritance left, int number) {
    String container = from.getContainer().toString();
    String prefix = KeptNames.execPrefix(number);
    KeptNames.withdrawStreams(context.keeping(), prefix);
    try {
      ProcessStreams streams =
          new KeptStreams(context, left, prefix).open(from.getTerminal(), from.getStdin());
      if (streams.stdin().isPresent()) {
        streams.stdin().get().goOn(from.getWaiting().toArray());
      }
      ExecProcess process =
          execs.goOn(
              container,
              new Launched(
                  context.processes().recover(from.getProcessId(), from.getStartTime()), streams));
      if (from.getDetached()) {
        process.detach();
      } else {
        unclaimed.put(number, process);
      }
    } catch (IOException | RuntimeException lost) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, container)
          .setCause(lost)
          .log("process {} is lost with the worker that had it", from.getProcessId());
      left.loses("process " + from.getProcessId() + ": " + Reason.of(lost));
    }
  }

  /**
   * Whoever had a process in the worker before has it again.
   *
   * @param number as it was in that one's state
   * @return empty when there is none that goes on
   */
  public Optional<ExecProcess> claim(int number) {
    return Optional.ofNullable(unclaimed.remove(number));
  }

  /** Those that nobody has claimed have lost their clients. */
  public void hangUpUnclaimed() {
    for (ExecProcess each : unclaimed.values()) {
      each.hangUp();
    }
    unclaimed.clear();
  }
}
