package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The making of one pod's namespaces: a user namespace if one is wanted, a process that makes the
 * others and stays in them, and their pins. Either it ends with all of that or with an error, and
 * then nothing is left. What may block is done by threads; whatever hangs, who waits is told when
 * the time is up. Loop thread only.
 *
 * <p>One duty looks at all that is under way and takes the next step, or takes back what there is:
 * so where there is no memory for a step, it is looked at again.
 */
final class NamespacesLaunch {
  private static final Logger LOG = LoggerFactory.getLogger(NamespacesLaunch.class);

  private final EventLoop loop;
  private final Processes processes;
  private final NamespacesRequest request;
  private final Stayer stayer;
  private final Duration limit;
  private final Pins pins;
  private final long ticket;
  private final Duty goOn;
  private final Duty timeIsUp;
  private final CompletableFuture<Made> result = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  // each null until it is begun or known
  private Helper owner;
  private CompletableFuture<Void> mapping;
  private Helper pause;
  private CompletableFuture<Pinned> pinning;
  private ChildProcess staying;
  private CompletableFuture<Void> unpinning;

  private Throwable reason;
  private String failedStep;

  // told and read by the threads as well
  private volatile String step = "begin";
  private volatile boolean givenUp;

  /**
   * What was made.
   *
   * @param process the one that stays
   * @param network its network namespace; the receiver's to close
   */
  record Made(ChildProcess process, Fd network) {}

  /** What a thread has found and done. */
  private record Pinned(int pid, Fd network) {}

  /**
   * @param stayer whose descriptors are open until the launch is over
   * @param limit in which it has to be made
   */
  NamespacesLaunch(
      EventLoop loop,
      Processes processes,
      NamespacesRequest request,
      Stayer stayer,
      Duration limit) {
    this.loop = loop;
    this.processes = processes;
    this.request = request;
    this.stayer = stayer;
    this.limit = limit;
    this.pins = new Pins(request);
    this.goOn = loop.duty(this::goOn);
    this.timeIsUp = loop.duty(this::timeIsUp);
    this.ticket = processes.beginLaunch();
  }

  /** Starts it; nothing is thrown. */
  void start() {
    timeIsUp.dueAfter(limit);
    goOn.perform();
  }

  /** Completes on the loop thread. */
  CompletableFuture<Made> result() {
    return result;
  }

  /** Completes when it is over, and nothing of it is at work any more that could change a file. */
  CompletableFuture<Void> over() {
    return over;
  }

  private void goOn() {
    if (over.isDone()) {
      return;
    }
    try {
      if (!givenUp) {
        takeStep();
      }
    } catch (IOException | RuntimeException | Error failed) {
      giveUp(failed);
    }
    if (givenUp) {
      undo();
    }
  }

  private void takeStep() throws IOException {
    checkHelper(owner);
    checkHelper(pause);
    boolean user = request.fresh().contains(NamespaceType.USER);
    if ((!user || hasUsers()) && isPinned() && isTakenOver()) {
      succeed();
    }
  }

  private void checkHelper(Helper helper) throws IOException {
    if (helper == null || helper.isToEnd()) {
      return;
    }
    if (helper.process().exited().isDone()) {
      throw new IOException(helper.message());
    }
    goOn.dueWhen(helper.process().exited());
  }

  private boolean hasUsers() throws IOException {
    if (owner == null) {
      step = "make user namespace";
      owner = Helper.start(processes, ProcessKind.HELPER, PauseCommand.userNamespace(), Map.of());
      goOn.dueWhen(owner.process().exited());
    }
    if (mapping == null) {
      int pid = owner.process().pid();
      mapping = loop.offload("user-namespace", () -> mapUsers(pid));
    }
    return isDone(mapping);
  }

  private Void mapUsers(int pid) throws IOException {
    boolean itself = false;
    try (PauseProcess made = PauseProcess.await(pid, itself, Stayer.SLEEP.name(), () -> givenUp)) {
      step = "map users and groups";
      made.map(request.users(), request.groups());
    }
    return null;
  }

  private boolean isPinned() throws IOException {
    boolean forks = PauseCommand.forks(request);
    if (pause == null) {
      step = "make namespaces";
      int user = owner == null ? PauseCommand.NO_OWNER : owner.process().pid();
      pause =
          Helper.start(
              processes,
              ProcessKind.PAUSE,
              PauseCommand.pause(request, stayer, user),
              stayer.descriptors());
      goOn.dueWhen(pause.process().exited());
    }
    if (pinning == null) {
      int pid = pause.process().pid();
      pinning =
          loop.offload(
              "pin-namespaces",
              () -> pin(PauseProcess.await(pid, forks, stayer.name(), () -> givenUp)));
    }
    return isDone(pinning);
  }

  private Pinned pin(PauseProcess process) throws IOException {
    try (process) {
      Fd network = OpenFile.forReading(process.namespace(NamespaceType.NET));
      try {
        pins.make(process, next -> step = next, () -> givenUp);
        return new Pinned(process.pid(), network);
      } catch (IOException | RuntimeException | Error failed) {
        network.close();
        throw failed;
      }
    }
  }

  /** Whether work has ended well; where it has failed, all does. */
  private boolean isDone(CompletableFuture<?> work) {
    if (isUnderWay(work)) {
      return false;
    }
    if (work.isCompletedExceptionally()) {
      giveUp(work.exceptionNow());
    }
    return !givenUp;
  }

  /** Where something is, it is looked at again at its end. */
  private boolean isUnderWay(CompletableFuture<?> something) {
    if (something == null || something.isDone()) {
      return false;
    }
    goOn.dueWhen(something);
    return true;
  }

  private boolean isTakenOver() throws IOException {
    step = "take over process " + pinning.resultNow().pid;
    if (!PauseCommand.forks(request)) {
      staying = pause.process();
      return true;
    }
    // When its parent has ended it is a child of the holder.
    pause.endAlone();
    if (isUnderWay(pause.process().exited())) {
      return false;
    }
    claim();
    return true;
  }

  private void claim() throws IOException {
    if (staying == null) {
      staying =
          processes.claim(pinning.resultNow().pid, pause.process().start(), ProcessKind.PAUSE);
    }
  }

  private void succeed() {
    timeIsUp.cancel();
    processes.endLaunch(ticket);
    if (owner != null) {
      owner.end();
      owner.close();
    }
    pause.close();
    result.complete(new Made(staying, pinning.resultNow().network));
    over.complete(null);
  }

  private void timeIsUp() {
    if (!result.isDone()) {
      giveUp(new IOException("not done within " + limit.toSeconds() + " s"));
      fail();
      goOn.perform();
    }
  }

  private void giveUp(Throwable why) {
    if (!givenUp && !result.isDone()) {
      givenUp = true;
      reason = why;
      failedStep = step;
    }
  }

  // Whoever waits is told when all is undone, so that nothing is left that he might find.
  private void undo() {
    boolean busy = isAtWork(owner);
    busy |= isAtWork(pause);
    busy |= isUnderWay(mapping);
    busy |= isUnderWay(pinning);
    if (pinning != null && pinning.isDone() && !pinning.isCompletedExceptionally()) {
      busy |= isUndone(pinning.resultNow());
    }
    if (!busy) {
      fail();
      processes.endLaunch(ticket);
      over.complete(null);
    }
  }

  /** Whether a helper, or what it has started, may still change something. */
  private boolean isAtWork(Helper helper) {
    if (helper == null) {
      return false;
    }
    if (helper.process().exited().isDone()) {
      boolean leftovers = isUnderWay(helper.leftovers(loop));
      if (!leftovers) {
        helper.close();
      }
      return leftovers;
    }
    helper.end();
    return isUnderWay(helper.process().exited());
  }

  /** Takes back what a thread has done; whether that goes on. */
  private boolean isUndone(Pinned pinned) {
    kill();
    pinned.network.close();
    if (unpinning == null) {
      unpinning = loop.offload("unpin-namespaces", pins::remove);
    }
    if (isUnderWay(unpinning)) {
      return true;
    }
    if (unpinning.isCompletedExceptionally()) {
      LOG.warn("namespaces of pod {} are left", request.podId(), unpinning.exceptionNow());
      unpinning = CompletableFuture.completedFuture(null);
    }
    return false;
  }

  /** One whose parent is still there dies with that. */
  private void kill() {
    try {
      if (PauseCommand.forks(request) && pause.process().exited().isDone()) {
        claim();
      }
    } catch (IOException gone) {
      LOG.debug("nothing stays in the namespaces of pod {}", request.podId(), gone);
    }
    if (staying != null) {
      staying.signalGroup(Signal.KILL);
    }
  }

  private void fail() {
    timeIsUp.cancel();
    if (!result.isDone()) {
      result.completeExceptionally(
          new IOException("init pause: " + failedStep + ": " + Reason.of(reason), reason));
    }
  }
}
