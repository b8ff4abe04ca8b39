package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.RuntimeCall;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.monitor.oci.RuntimeRun;
import io.conmonj.monitor.oci.RuntimeTurn;
import java.io.IOException;
import java.time.Duration;
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
  private Optional<IOException> consoleFailure = Optional.empty();
  private RuntimeTurn turn;
  private RuntimeRun run;
  private long ticket;
  private boolean runtimeDone;
  private boolean readingPid;
  private boolean over;
  private Optional<Timer> patience = Optional.empty();

  Launch(LaunchContext context, LaunchRequest request) {
    this.context = context;
    this.request = request;
    this.streams = new LaunchStreams(context);
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
    var _ = turn.come().whenComplete((come, failure) -> guarded(() -> onTurn(failure)));
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

  private void onTurn(Throwable failure) {
    try {
      if (failure != null) {
        fail(new RuntimeFailedException(request.verb() + ": " + failure.getMessage()));
        return;
      }
      begun.complete(null);
      ticket = context.processes().beginLaunch();
      startRuntime();
    } catch (IOException | RuntimeException | Error failed) {
      turn.giveUp("not used");
      fail(failed);
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
      fail(unexpected);
    }
  }

  private void startRuntime() throws IOException {
    try {
      if (request.terminal()) {
        var _ =
            streams
                .expectTerminal()
                .whenComplete((pty, failure) -> guarded(() -> onTerminal(pty, failure)));
      } else {
        streams.openPipes(request.stdin());
      }
      run = callRuntime();
    } finally {
      streams.closeProcessEnds();
    }
    var _ = run.done().whenComplete((nothing, failure) -> guarded(() -> onRuntimeEnd(failure)));
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

  private void onTerminal(Pty pty, Throwable failure) {
    try {
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
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

  private void onRuntimeEnd(Throwable failure) {
    if (failure != null) {
      fail(failure);
      return;
    }
    runtimeDone = true;
    streams.lookForTerminal();
    if (!streams.complete()) {
      waitAtMost(context.limits().console(), this::terminalIsMissing);
    }
    advance();
  }

  private void waitAtMost(Duration limit, Runnable giveUp) {
    stopWaiting();
    patience = Optional.of(context.loop().schedule(limit, giveUp));
  }

  // A timer that went on would keep this object in memory until it runs.
  private void stopWaiting() {
    patience.ifPresent(Timer::cancel);
    patience = Optional.empty();
  }

  private void terminalIsMissing() {
    if (!streams.complete()) {
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
    if (streams.complete() && !readingPid) {
      readingPid = true;
      var _ = readPid().whenComplete((pid, failure) -> guarded(() -> onPid(pid, failure)));
      waitAtMost(context.limits().files(), this::pidIsMissing);
    }
  }

  private void pidIsMissing() {
    fail(new IOException("read pid file " + request.pidFile() + ": the disk does not answer"));
  }

  private void onPid(Integer pid, Throwable failure) {
    if (over) {
      killStranded(pid, failure);
      return;
    }
    if (failure != null) {
      fail(failure);
      context.processes().endLaunch(ticket);
      return;
    }
    ChildProcess process;
    try {
      process = context.processes().claim(pid, run.began());
    } catch (IOException stranger) {
      fail(new IOException(request.verb() + ": " + stranger.getMessage(), stranger));
      context.processes().endLaunch(ticket);
      return;
    }
    over = true;
    stopWaiting();
    streams.closeConsole();
    context.processes().endLaunch(ticket);
    result.complete(new Launched(process, streams.handOver(run)));
  }

  private void fail(Throwable reason) {
    if (over) {
      return;
    }
    over = true;
    stopWaiting();
    streams.close();
    if (runtimeDone) {
      run.stderr().close();
    }
    if (runtimeDone && !readingPid) {
      var _ = readPid().whenComplete(this::killStranded);
    } else if (!readingPid) {
      context.processes().endLaunch(ticket);
    }
    result.completeExceptionally(reason);
  }

  /** The runtime made a process and went, but we cannot use it. */
  private void killStranded(Integer pid, Throwable unknown) {
    if (unknown == null) {
      try {
        context.processes().claim(pid, run.began()).signalGroup(Signal.KILL);
      } catch (IOException stranger) {
        LOG.warn("{}: nothing to kill", request.verb(), stranger);
      }
    }
    context.processes().endLaunch(ticket);
  }

  private CompletableFuture<Integer> readPid() {
    return context
        .loop()
        .offload("pid-file", () -> PidFile.read(request.pidFile(), request.deletePidFile()));
  }
}
