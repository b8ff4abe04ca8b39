package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.log.FanOutLog;
import io.conmonj.monitor.log.LogDriver;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogOwner;
import io.conmonj.monitor.log.LogPosition;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.stdio.OutputHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a container anew from what the worker before this one has left. Loop thread only. */
final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final LaunchContext context;
  private final LogSource logs;
  private final Inheritance left;

  Restoration(LaunchContext context, LogSource logs, Inheritance left) {
    this.context = context;
    this.logs = logs;
    this.left = left;
  }

  /**
   * The parts of one. Where its streams cannot be used it goes on without them.
   *
   * @throws IOException when the holder does not say what there is of its process
   */
  ContainerParts parts(ContainerRecord from) throws IOException {
    String prefix = KeptNames.prefix(from.number());
    List<LogOpener> openers = openers(from);
    List<LogMemory> memories = memories(from, openers);
    CreateContainer spec = CreateContainer.of(from, openers, LeakedFds.of(from, left));
    NetworkNamespace network = NetworkNamespace.kept(left.take(prefix + KeptNames.NETWORK));
    LogStatistics logged = logged(from, memories);
    Launched launched =
        new Launched(
            context.processes().recover(from.pid(), from.startTime()), streams(from, prefix));
    return new ContainerParts(
        from.number(),
        spec,
        launched,
        from.startTime(),
        output(from, openers, memories),
        CompletableFuture.completedFuture(from.stdinOnce()),
        network,
        from.network(),
        from.oomKills(),
        from.created(),
        from.end(),
        logged);
  }

  private ProcessStreams streams(ContainerRecord from, String prefix) {
    KeptStreams kept = new KeptStreams(context, left, prefix);
    try {
      return kept.open(from.terminal(), from.stdin());
    } catch (IOException | RuntimeException refused) {
      String id = from.runtime().id();
      left.loses("streams of container " + id + ": " + refused.getMessage());
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id)
          .setCause(refused)
          .log(
              "streams of container {} are left to the next worker; what it writes waits, to its end",
              id);
      return kept.missing();
    }
  }

  Inheritance left() {
    return left;
  }

  private List<LogOpener> openers(ContainerRecord from) {
    List<LogOpener> openers = new ArrayList<>();
    for (ContainerRecord.LogRecord each : from.logs()) {
      openers.add(logs.opener(from.runtime().id(), from.runtime().bundle(), each.spec()));
    }
    return openers;
  }

  /** A log that is written and closed already is not opened again. */
  private List<LogMemory> memories(ContainerRecord from, List<LogOpener> openers) {
    List<LogMemory> memories = new ArrayList<>();
    boolean open = from.end().phase().isBefore(ExitPhase.LOGGED);
    for (int i = 0; i < openers.size(); i++) {
      if (open) {
        memories.add(new LogMemories(context).restore(from.number(), i, openers.get(i), left));
      } else {
        LogMemories.drop(from.number(), i, left);
      }
    }
    return memories;
  }

  /** What the logs do not count themselves, which those with a memory do from their beginning. */
  private static LogStatistics logged(ContainerRecord from, List<LogMemory> memories) {
    boolean all = !memories.isEmpty();
    for (LogMemory each : memories) {
      all &= each.isBegun();
    }
    LogStatistics told = from.logged().dropped();
    LogStatistics dropped = memories.isEmpty() ? told : memories.getFirst().droppedBefore(told);
    if (all) {
      return dropped;
    }
    memories.forEach(LogMemory::countAnew);
    return from.logged().since(told).plus(dropped);
  }

  private ContainerOutput output(
      ContainerRecord from, List<LogOpener> openers, List<LogMemory> memories) {
    String id = from.runtime().id();
    boolean exact = left.isHandedOver();
    List<LogDriver> drivers = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      LogPosition position = from.logs().get(i).position(exact);
      drivers.add(new AwaitedLog(context.loop(), id, openers.get(i), position, memories.get(i)));
    }
    LogPosition told = from.rate(exact);
    LogPosition rate = memories.isEmpty() ? told : memories.getFirst().rate(told);
    LogDriver log =
        context.logRate().limit(context.loop(), new LogOwner(id), new FanOutLog(drivers), rate);
    OutputHub hub =
        new OutputHub(
            context.replayBytes(), context.memory().replay(), context.memory().followers());
    return new ContainerOutput(context.loop(), id, log, hub);
  }
}
