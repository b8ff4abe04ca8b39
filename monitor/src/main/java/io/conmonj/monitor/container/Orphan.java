package io.conmonj.monitor.container;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PidFd;
import io.conmonj.kernel.StartTime;
import io.conmonj.monitor.container.OwedSteps.Step;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.ContainerStatus;
import io.conmonj.monitor.oci.CreateArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container of a monitor that was killed. What there is to do at its end is done all the same,
 * with {@link ExecSyncResult#STATUS_LOST} for an exit code where that cannot be known. Its streams
 * and logs have ended with its monitor. Loop thread only.
 */
public final class Orphan {
  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

  private final LaunchContext context;
  private final ContainerRecord record;
  private final Runnable forget;
  private final ExitSteps told;
  private final CompletableFuture<Void> known = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Duty lookAtAnswer;
  private final Duty begin;
  private ContainerEnd end;
  private Optional<OrphanProcess> process = Optional.empty();
  private CompletableFuture<Optional<ContainerStatus>> answer;

  /**
   * @param forget what is done last of all
   */
  Orphan(LaunchContext context, ContainerRecord record, Runnable forget) {
    this.context = context;
    this.record = record;
    this.forget = forget;
    this.end = record.end();
    this.told =
        new ExitSteps(
            context,
            CreateContainer.of(record, List.of(), List.of()),
            record.oomKills(),
            end,
            Optional.empty(),
            (phase, killed, cleanup) -> end = end.at(phase, killed, cleanup));
    this.lookAtAnswer = context.loop().duty(this::lookAtAnswer);
    this.begin = context.loop().duty(this::beginEnd);
  }

  /** Its id, as its creator gave it. */
  public String id() {
    return record.runtime().id();
  }

  /** The process id of its first process, as the host sees it. */
  public int pid() {
    return record.pid();
  }

  /** Whether its process is there, for all that is known. */
  public boolean runs() {
    return process.isPresent() && process.get().runs();
  }

  /** What the runtime was told of it. */
  CreateArguments runtime() {
    return record.runtime();
  }

  /** Completes when it is known whether its process is there, or it is over. */
  CompletableFuture<Void> known() {
    return known;
  }

  /** Completes when its end is told. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** What of it survives this worker. */
  ContainerRecord record() {
    return record.essence(end);
  }

  /** Whether its exit is in its files, or being tried apart from it. */
  boolean recorded() {
    return !end.phase().isBefore(ExitPhase.RECORDED);
  }

  /**
   * Finds its process, and waits for its end or goes on with it.
   *
   * @param kept a handle on its process that the worker before has had
   */
  void start(Optional<Fd> kept) {
    if (end.phase() != ExitPhase.RUNNING) {
      if (kept.isPresent()) {
        kept.get().close();
        context.keeping().withdraw(keptAs());
      }
      begin.due();
    } else if (kept.isPresent()) {
      hold(PidFd.adopt(pid(), kept.get()));
      follow();
    } else {
      find();
    }
  }

  private void hold(PidFd handle) {
    process = Optional.of(new OrphanProcess(context, pid(), handle, keptAs(), this::ended));
  }

  private String keptAs() {
    return KeptNames.orphan(record.number());
  }

  private void find() {
    try {
      hold(PidFd.open(pid()));
      if (record.startTime() != 0 && StartTime.of(pid()) == record.startTime()) {
        found();
        return;
      }
    } catch (IOException gone) {
      if (!(gone instanceof KernelException failed) || failed.errno() != Errno.ESRCH) {
        LOG.atDebug()
            .addKeyValue(LogField.CONTAINER, id())
            .setCause(gone)
            .log("process {} of container {}", pid(), id());
      }
    }
    if (record.startTime() != 0) {
      letProcessGo();
    }
    ask();
  }

  /**
   * Its process is gone, or cannot be told from another. Whoever has deleted it meanwhile knows
   * that it has ended, and there may be another one of its name: only the runtime can tell.
   */
  private void ask() {
    answer =
        context
            .runtime()
            .state(id(), runtime().systemdCgroup(), context.limits().runtime().delete());
    lookAtAnswer.dueWhen(answer);
  }

  private void lookAtAnswer() {
    if (!answer.isDone()) {
      lookAtAnswer.dueWhen(answer);
      return;
    }
    if (answer.isCompletedExceptionally()) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, id())
          .setCause(answer.exceptionNow())
          .log("find out whether container {} runs", id());
      ended(ExecSyncResult.STATUS_LOST);
    } else if (answer.resultNow().isEmpty()) {
      drop("the runtime does not know it any more");
    } else if (answer.resultNow().get().pid() == ContainerStatus.ENDED) {
      ended(ExecSyncResult.STATUS_LOST);
    } else if (process.isPresent() && answer.resultNow().get().pid() == pid()) {
      found();
    } else {
      drop("there is another one of its name");
    }
  }

  private void drop(String why) {
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id())
        .log("container {} of a monitor that was killed is forgotten: {}", id(), why);
    finish();
  }

  private void found() {
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id())
        .log("container {} of a monitor that was killed runs, pid {}", id(), pid());
    follow();
  }

  private void follow() {
    try {
      process.get().follow();
      known.complete(null);
    } catch (IOException noRoom) {
      LOG.atError()
          .addKeyValue(LogField.CONTAINER, id())
          .setCause(noRoom)
          .log("the end of container {} cannot be waited for", id());
      finish();
    }
  }

  /** Kills its first process, and with it all others if it has a pid namespace. */
  void kill() {
    try {
      if (process.isPresent()) {
        process.get().kill();
      }
    } catch (IOException refused) {
      LOG.atWarn()
          .addKeyValue(LogField.CONTAINER, id())
          .setCause(refused)
          .log("kill container {}", id());
    }
  }

  /**
   * Opens the network namespace that it is in.
   *
   * @return a descriptor that is the caller's to close
   * @throws NoSuchContainerException when it has ended
   * @throws IOException when the namespace could not be opened
   */
  Fd openNetwork() throws IOException {
    if (process.isEmpty()) {
      throw new NoSuchContainerException();
    }
    return process.get().openNetwork();
  }

  private void ended(int exitCode) {
    end = new ContainerEnd(ExitPhase.ENDED, exitCode, false);
    begin.due();
    var _ = context.keeping().changed();
  }

  private void letProcessGo() {
    process.ifPresent(OrphanProcess::close);
    process = Optional.empty();
  }

  private void beginEnd() {
    List<Step> steps = new ArrayList<>(told.before(end.phase()));
    steps.addAll(told.after(end.phase(), () -> end.exitCode()));
    // Until then the next worker learns from its handle how it has ended.
    steps.add(new Step("keep what is done", context.keeping()::changed));
    steps.add(Step.of("let the process go", this::letProcessGo));
    steps.add(Step.of("log the end", this::logEnd));
    steps.add(Step.of("forget", this::finish));
    new OwedSteps(context.loop(), id(), steps).begin();
  }

  private void logEnd() {
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, id())
        .addKeyValue("exit_code", end.exitCode())
        .addKeyValue("oom_killed", end.oomKilled())
        .log(
            "container {} of a monitor that was killed has ended, pid {}: exit code {}{}",
            id(),
            pid(),
            end.exitCode() == ExecSyncResult.STATUS_LOST ? "not known" : end.exitCode(),
            end.oomKilled() ? ", OOM killed" : "");
  }

  private void finish() {
    letProcessGo();
    forget.run();
    known.complete(null);
    over.complete(null);
  }
}
