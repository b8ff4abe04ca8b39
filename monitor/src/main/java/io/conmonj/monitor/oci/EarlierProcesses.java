package io.conmonj.monitor.oci;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.Started;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of workers before this one, as the holder has them. Loop thread only. */
final class EarlierProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierProcesses.class);

  /** How long one that was killed is waited for: its disk may hang. */
  private static final Duration UNKILLABLE = Duration.ofSeconds(5);

  /**
   * How long a run of the runtime may take to end by itself. One that is killed at the wrong moment
   * leaves a process of which it has told nobody.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final HolderLink link;
  private final ProcessTags tags;

  /** Null until it is asked for. */
  private List<HeldProcess> held;

  EarlierProcesses(EventLoop loop, HolderLink link, ProcessTags tags) {
    this.loop = loop;
    this.link = link;
    this.tags = tags;
  }

  private List<HeldProcess> held() throws KernelException {
    if (held == null) {
      held = link.welcome().first() ? List.of() : link.list();
    }
    return held;
  }

  /** See {@link Processes#recover(int, long)}. */
  ChildProcess recover(Started process, Processes processes) throws KernelException {
    for (HeldProcess each : held()) {
      if (each.started().equals(process)) {
        return known(process, processes);
      }
    }
    ChildProcess child = processes.newChild();
    child.begin(process);
    loop.duty(child::lost).due();
    return child;
  }

  /** See {@link Processes#recover(long)}. */
  Optional<ChildProcess> recover(long tag, Processes processes) throws KernelException {
    for (HeldProcess each : held()) {
      if (each.tag() == tag) {
        return Optional.of(known(each.started(), processes));
      }
    }
    return Optional.empty();
  }

  private static ChildProcess known(Started process, Processes processes) {
    ChildProcess known = processes.find(process);
    return known == null ? processes.know(process) : known;
  }

  /** See {@link Processes#endOthers}. */
  CompletableFuture<Void> endOthers(Processes processes) {
    List<CompletableFuture<ExitStatus>> runs = new ArrayList<>();
    try {
      for (HeldProcess each : held()) {
        if (!tags.isOurs(each.tag()) && processes.find(each.started()) == null) {
          ProcessKind kind = ProcessKind.of(each.tag());
          ChildProcess child = end(each.started(), kind, processes);
          if (kind == ProcessKind.RUNTIME) {
            runs.add(child.exited());
          }
        }
      }
    } catch (KernelException refused) {
      LOG.warn("end what the worker before has left", refused);
    }
    CompletableFuture<Void> over = CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new));
    if (!over.isDone()) {
      loop.duty(() -> over.complete(null)).dueAfter(UNKILLABLE.plus(GRACE));
    }
    return over;
  }

  private ChildProcess end(Started process, ProcessKind kind, Processes processes) {
    ChildProcess child = processes.know(process);
    if (kind.endsWithWorker()) {
      LOG.info("process {} ({}) ends with the worker that started it", process.pid(), kind);
      if (kind == ProcessKind.RUNTIME) {
        loop.duty(() -> child.signalGroup(Signal.KILL)).dueAfter(GRACE);
      } else {
        child.signalGroup(Signal.KILL);
      }
    }
    return child;
  }
}
