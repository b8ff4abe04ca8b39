package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.RuntimeCall;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.monitor.oci.RuntimeRun;
import io.conmonj.monitor.oci.RuntimeTurn;
import io.conmonj.monitor.oci.RuntimeUse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the runtime make one process and takes it over: streams, runtime, terminal, pid file. Either
 * it ends with the process or with an error, and then nothing is left open. Loop thread only.
 *
 * <p>The terminal and the runtime's end may come in any order, or only one of them.
 */
final class Launch {
  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  private final LaunchContext context;
  private final LaunchRequest request;
  private final CompletableFuture<Launched> result = new CompletableFuture<>();
  private final LaunchStreams streams;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Duty lookAtTurn;
  private final Duty lookAtRuntime;
  private final Duty lookAtPid;
  private final Duty tellFailure;
  private final Duty patience;
  private Optional<IOException> consoleFailure = Optional.empty();
  private RuntimeTurn turn;
  private RuntimeRun run;

  /** The process id that is being read, or null. */
  private CompletableFuture<Integer> pid;

  /** Why it fails, or null; told when the runtime has ended. */
  private Throwable failure;

  private long ticket;
  private boolean turnDone;
  private boolean runtimeDone;
  private boolean pidDone;
  private boolean over;

  Launch(LaunchContext context, LaunchRequest request) {
    this.context = context;
    this.request = request;
    this.streams = new LaunchStreams(context);
    this.lookAtTurn = context.loop().duty(this::lookAtTurn);
    this.lookAtRuntime = context.loop().duty(this::lookAtRuntime);
    this.lookAtPid = context.loop().duty(this::lookAtPid);
    this.tellFailure = context.loop().duty(this::tellFailure);
    this.patience = context.loop().duty(this::tooLate);
  }

  /** Starts it when the runtime may be called; completes on the loop thread. */
  CompletableFuture<Launched> start() {
    try {
      turn = context.runtime().turn(request.use(), request.container(), request.deadline());
    } catch (RuntimeException | Error failed) {
      request.additionalFds().forEach(Fd::close);
      fail(failed);
      return result;
    }
    lookAtTurn.perform();
    return result;
  }

  /** Completes when the runtime is called, and never if it is not. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /** The time of day when the runtime was called. */
  Instant began() {
    return turn.began();
  }

  private void lookAtTurn() {
    if (!turn.come().isDone()) {
      lookAtTurn.dueWhen(turn.come());
    } else if (!turnDone) {
      turnDone = true;
      onTurn();
    }
  }

  private void onTurn() {
    try {
      if (turn.come().isCompletedExceptionally()) {
        Throwable failed = turn.come().exceptionNow();
        fail(new RuntimeFailedException(request.verb() + ": " + failed.getMessage()));
        return;
      }
      begun.complete(null);
      ticket = context.processes().beginLaunch();
      startRuntime();
    } catch (IOException | RuntimeException | Error failed) {
      if (run == null) {
        turn.giveUp("not used");
      }
      failWithRuntime(failed);
    } finally {
      request.additionalFds().forEach(Fd::close);
    }
  }

  /** Ends it early, if it has not ended by itself. */
  void abort(String because) {
    if (runtimeDone) {
      fail(new RuntimeFailedException(request.verb() + ": " + because));
    } else if (run != null) {
      run.kill(because);
    } else if (turn != null) {
      turn.giveUp(because);
    }
  }

  /** Whether the runtime has ended and said that the process is made. */
  boolean made() {
    return runtimeDone;
  }

  /**
   * The run of a runtime that was cut off, and may have made what we did not get; empty when it
   * could not be started, or has ended by itself.
   */
  Optional<RuntimeRun> cutOff() {
    boolean ended = run != null && run.done().isDone();
    return ended && !runtimeDone && !run.refused() ? Optional.of(run) : Optional.empty();
  }

  // A future would keep what its callback throws to itself, and the launch would never end.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error unexpected) {
      failWithRuntime(unexpected);
    }
  }

  /** A runtime that goes on has to end first: it may be making a process that nobody would know. */
  private void failWithRuntime(Throwable unexpected) {
    if (over) {
      context.loop().noticed(unexpected);
    } else if (run == null || run.done().isDone()) {
      fail(unexpected);
    } else {
      failure = unexpected;
      run.kill("given up");
    }
  }

  private void startRuntime() throws IOException {
    try {
      if (request.terminal()) {
        var _ =
            streams
                .expectTerminal()
                .whenComplete((pty, failed) -> guarded(() -> onTerminal(pty, failed)));
      } else {
        streams.openPipes(request.stdin());
      }
      run = callRuntime();
      lookAtRuntime.due();
    } finally {
      streams.closeProcessEnds();
    }
  }

  private RuntimeRun callRuntime() throws IOException {
    return turn.start(
        new RuntimeCall(
            request.verb(),
            request.commandLine().apply(streams.consolePath()),
            request.environment(),
            streams.processInput(),
            streams.processOutput(),
            request.additionalFds(),
            request.deadline()));
  }

  private void onTerminal(Pty pty, Throwable failed) {
    try {
      if (failed != null) {
        throw new IOException(failed.getMessage(), failed);
      }
      if (over) {
        pty.close();
        return;
      }
      streams.take(pty, request.size().get());
    } catch (IOException reason) {
      // Not the end yet: this may be a runtime that is about to fail, whose message says more.
      consoleFailure = Optional.of(reason);
    }
    advance();
  }

  private void lookAtRuntime() {
    if (over || runtimeDone) {
      return;
    }
    if (run.done().isDone()) {
      onRuntimeEnd();
    } else {
      lookAtRuntime.dueWhen(run.done());
    }
  }

  private void onRuntimeEnd() {
    if (run.done().isCompletedExceptionally()) {
      fail(failure == null ? run.done().exceptionNow() : failure);
      return;
    }
    runtimeDone = true;
    if (failure != null) {
      fail(failure);
      return;
    }
    streams.lookForTerminal();
    if (!streams.complete()) {
      patience.dueAfter(context.limits().console());
    }
    guarded(this::advance);
  }

  private void tooLate() {
    if (pid != null) {
      fail(new IOException("read pid file " + request.pidFile() + ": the disk does not answer"));
    } else {
      fail(new RuntimeFailedException(request.verb() + ": the runtime delivered no terminal"));
    }
  }

  private void advance() {
    if (over || !runtimeDone) {
      return;
    }
    if (consoleFailure.isPresent()) {
      fail(consoleFailure.get());
      return;
    }
    if (streams.complete() && pid == null) {
      readPid();
      patience.cancel();
      patience.dueAfter(context.limits().files());
    }
  }

  private void lookAtPid() {
    if (!pid.isDone()) {
      lookAtPid.dueWhen(pid);
      return;
    }
    if (!pidDone) {
      onPid();
      pidDone = true;
      context.processes().endLaunch(ticket);
    }
    streams.closeConsole();
  }

  private void onPid() {
    if (over) {
      killStranded();
    } else if (pid.isCompletedExceptionally()) {
      fail(pid.exceptionNow());
    } else {
      takeOver();
    }
  }

  private void takeOver() {
    ChildProcess process;
    try {
      process = claim();
    } catch (IOException stranger) {
      fail(new IOException(request.verb() + ": " + stranger.getMessage(), stranger));
      return;
    } catch (Error noMemory) {
      fail(noMemory);
      throw noMemory; // and then it is killed
    }
    Launched launched;
    try {
      launched = new Launched(process, streams.handOver(run));
    } catch (Error noMemory) {
      process.signalGroup(Signal.KILL);
      fail(noMemory);
      return;
    }
    over = true;
    patience.cancel();
    result.complete(launched);
  }

  private ChildProcess claim() throws IOException {
    ProcessKind kind =
        request.use() == RuntimeUse.CREATE ? ProcessKind.CONTAINER : ProcessKind.EXEC;
    return context.processes().claim(pid.resultNow(), run.began(), kind);
  }

  private void fail(Throwable reason) {
    if (!over) {
      over = true;
      failure = reason;
      tellFailure.perform();
    }
  }

  private void tellFailure() {
    patience.cancel();
    streams.close();
    if (runtimeDone) {
      run.stderr().close();
    }
    if (runtimeDone && pid == null) {
      readPid();
    } else if (pid == null) {
      context.processes().endLaunch(ticket);
    }
    result.completeExceptionally(failure);
  }

  /** The runtime made a process and went, but we cannot use it. */
  private void killStranded() {
    if (!pid.isCompletedExceptionally()) {
      try {
        claim().signalGroup(Signal.KILL);
      } catch (IOException stranger) {
        LOG.atWarn()
            .addKeyValue(LogField.CONTAINER, request.container())
            .setCause(stranger)
            .log("{}: nothing to kill", request.verb());
      }
    }
  }

  private void readPid() {
    pid =
        context
            .loop()
            .offload("pid-file", () -> PidFile.read(request.pidFile(), request.deletePidFile()));
    lookAtPid.dueWhen(pid);
  }
}
