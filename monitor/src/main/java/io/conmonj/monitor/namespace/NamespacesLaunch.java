package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.StartTime;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The making of one pod's namespaces: a user namespace if one is wanted, a process that makes the
 * others and stays in them, and their pins. Either it ends with all of that or with an error, and
 * then nothing is left. What may block is done by threads; whatever hangs, who waits is told when
 * the time is up. Loop thread only.
 */
final class NamespacesLaunch {
  private static final Logger LOG = LoggerFactory.getLogger(NamespacesLaunch.class);

  private final EventLoop loop;
  private final Processes processes;
  private final NamespacesRequest request;
  private final Pins pins;
  private final long ticket;
  private final Timer deadline;
  private final List<Helper> helpers = new ArrayList<>();
  private final CompletableFuture<Made> result = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private Throwable failure;

  /** Threads that are at work, and helpers that are to end. */
  private int busy;

  // Told and read by the threads as well.
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

  /** A step that may fail. */
  private interface Step {
    void run() throws IOException;
  }

  NamespacesLaunch(EventLoop loop, Processes processes, NamespacesRequest request, Duration limit) {
    this.loop = loop;
    this.processes = processes;
    this.request = request;
    this.pins = new Pins(request);
    this.ticket = processes.beginLaunch();
    this.deadline = loop.schedule(limit, () -> timeIsUp(limit));
  }

  /** Starts it; completes on the loop thread. */
  CompletableFuture<Made> start() {
    guarded(
        () -> {
          if (request.fresh().contains(NamespaceType.USER)) {
            makeUserNamespace();
          } else {
            makeOthers(PauseCommand.NO_OWNER);
          }
        });
    return result;
  }

  /** Completes when it is over, and nothing of it is at work any more that could change a file. */
  CompletableFuture<Void> over() {
    return over;
  }

  // A future would keep what its callback throws to itself, and the launch would never end.
  private void guarded(Step next) {
    try {
      next.run();
    } catch (IOException | RuntimeException | Error failed) {
      giveUp(failed);
    }
  }

  private void makeUserNamespace() throws IOException {
    step = "make user namespace";
    int owner = helper(PauseCommand.userNamespace()).process().pid();
    work(
        "user-namespace",
        () -> mapUsers(owner),
        nothing -> guarded(() -> makeOthers(owner)),
        nothing -> {});
  }

  private Void mapUsers(int owner) throws IOException {
    boolean itself = false;
    try (PauseProcess made = PauseProcess.await(owner, itself, () -> givenUp)) {
      step = "map users and groups";
      made.map(request.users(), request.groups());
    }
    return null;
  }

  private void makeOthers(int owner) throws IOException {
    step = "make namespaces";
    boolean forks = PauseCommand.forks(request);
    Helper helper = helper(PauseCommand.pause(request, owner));
    int pid = helper.process().pid();
    long began = StartTime.of(pid);
    work(
        "pin-namespaces",
        () -> pin(PauseProcess.await(pid, forks, () -> givenUp)),
        pinned -> guarded(() -> takeOver(helper, forks, began, pinned)),
        this::undo);
  }

  private Pinned pin(PauseProcess pause) throws IOException {
    try (pause) {
      Fd network = OpenFile.forReading(pause.namespace(NamespaceType.NET));
      try {
        pins.make(pause, next -> step = next, () -> givenUp);
        return new Pinned(pause.pid(), network);
      } catch (IOException | RuntimeException | Error failed) {
        network.close();
        throw failed;
      }
    }
  }

  private void takeOver(Helper helper, boolean forks, long began, Pinned pinned) {
    step = "take over process " + pinned.pid;
    if (!forks) {
      succeed(helper.process(), pinned);
      return;
    }
    // When its parent has ended it is the monitor's child.
    helper.endAlone();
    busy++;
    var _ =
        helper
            .process()
            .exited()
            .whenComplete(
                (status, lost) -> {
                  try {
                    succeed(processes.claim(pinned.pid, began), pinned);
                  } catch (IOException | RuntimeException | Error failed) {
                    giveUp(failed);
                    undo(pinned);
                  }
                  done();
                });
  }

  private void succeed(ChildProcess process, Pinned pinned) {
    if (givenUp) {
      process.signalGroup(Signal.KILL);
      undo(pinned);
      return;
    }
    deadline.cancel();
    processes.endLaunch(ticket);
    for (Helper each : helpers) {
      if (each.process() != process) {
        each.end();
      }
      each.close();
    }
    result.complete(new Made(process, pinned.network));
    over.complete(null);
  }

  private Helper helper(List<String> command) throws IOException {
    Helper helper = Helper.start(processes, command);
    helpers.add(helper);
    busy++;
    var _ =
        helper
            .process()
            .exited()
            .whenComplete(
                (status, lost) -> {
                  if (!helper.isToEnd()) {
                    endedByItself(helper);
                  }
                  done();
                });
    return helper;
  }

  private void endedByItself(Helper helper) {
    long when = System.nanoTime();
    giveUp(new IOException(helper.message()));
    busy++;
    var _ =
        loop.offload("namespace-leftovers", () -> helper.killLeftovers(when))
            .whenComplete((any, unknown) -> done());
  }

  /**
   * Has a thread do a piece of work.
   *
   * @param next goes on with its result
   * @param undo takes its result back, when all was given up meanwhile
   */
  private <T> void work(String thread, Callable<T> task, Consumer<T> next, Consumer<T> undo) {
    busy++;
    var _ =
        loop.offload(thread, task)
            .whenComplete(
                (found, failed) -> {
                  if (failed != null) {
                    giveUp(failed);
                  } else if (givenUp) {
                    undo.accept(found);
                  } else {
                    next.accept(found);
                  }
                  done();
                });
  }

  private void undo(Pinned pinned) {
    pinned.network.close();
    busy++;
    var _ =
        loop.offload("unpin-namespaces", pins::remove)
            .whenComplete(
                (done, left) -> {
                  if (left != null) {
                    LOG.warn("namespaces of pod {} are left", request.podId(), left);
                  }
                  done();
                });
  }

  private void timeIsUp(Duration limit) {
    giveUp(new IOException("not done within " + limit.toSeconds() + " s"));
    fail();
  }

  private void giveUp(Throwable reason) {
    if (givenUp || result.isDone()) {
      return;
    }
    givenUp = true;
    failure = new IOException("init pause: " + step + ": " + Reason.of(reason), reason);
    for (Helper each : helpers) {
      each.end();
    }
    end();
  }

  private void done() {
    busy--;
    end();
  }

  // Whoever waits is told when all is undone, so that nothing is left that he might find.
  private void end() {
    if (givenUp && busy == 0) {
      fail();
      for (Helper each : helpers) {
        each.close();
      }
      processes.endLaunch(ticket);
      over.complete(null);
    }
  }

  private void fail() {
    deadline.cancel();
    result.completeExceptionally(failure);
  }
}
