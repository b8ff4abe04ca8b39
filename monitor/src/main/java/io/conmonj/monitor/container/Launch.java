package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.loop.Timer;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.RuntimeCall;
import io.conmonj.monitor.oci.RuntimeFailedException;
import io.conmonj.monitor.oci.RuntimeRun;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.ConsoleSocket;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.ReadBuffer;
import io.conmonj.monitor.stdio.Terminal;
import java.io.IOException;
import java.time.Duration;
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

  /**
   * Capacity of the pipe for standard output, in bytes: four times what is read at once, so that
   * the process can write while the monitor reads. With the usual 64 KiB they take turns, and a
   * container that writes as fast as it can gets a third less through.
   */
  private static final int OUTPUT_CAPACITY = 4 * ReadBuffer.SIZE;

  private final LaunchContext context;
  private final LaunchRequest request;
  private final CompletableFuture<Launched> result = new CompletableFuture<>();
  private Optional<ConsoleSocket> console = Optional.empty();
  private Optional<Terminal> terminal = Optional.empty();
  private Optional<PipeReader> stdout = Optional.empty();
  private Optional<PipeWriter> stdin = Optional.empty();
  private Optional<IOException> consoleFailure = Optional.empty();
  private RuntimeRun run;
  private long ticket;
  private boolean runtimeDone;
  private boolean readingPid;
  private boolean over;
  private Optional<Timer> patience = Optional.empty();

  Launch(LaunchContext context, LaunchRequest request) {
    this.context = context;
    this.request = request;
  }

  /** Starts it; completes on the loop thread. */
  CompletableFuture<Launched> start() {
    ticket = context.processes().beginLaunch();
    try {
      startRuntime();
    } catch (IOException | RuntimeException | Error failed) {
      fail(failed);
    } finally {
      request.additionalFds().forEach(Fd::close);
    }
    return result;
  }

  /** Ends it early, if it has not ended by itself. */
  void abort(String because) {
    if (runtimeDone) {
      fail(new RuntimeFailedException(request.verb() + ": " + because));
    } else if (run != null) {
      run.kill(because);
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
    if (request.terminal()) {
      ConsoleSocket socket = context.consoles().open();
      console = Optional.of(socket);
      var _ =
          socket.terminal().whenComplete((pty, failure) -> guarded(() -> onTerminal(pty, failure)));
      run = startRuntime(Optional.empty(), Optional.empty());
    } else {
      startRuntimeWithPipes();
    }
    var _ = run.done().whenComplete((nothing, failure) -> guarded(() -> onRuntimeEnd(failure)));
  }

  private void startRuntimeWithPipes() throws IOException {
    try (Pipe out = Pipe.open()) {
      widen(out);
      stdout =
          Optional.of(
              PipeReader.open(
                  context.loop(),
                  Fd.adopt(out.readEnd().release()),
                  context.buffer(),
                  BytesListener.DISCARD));
      if (!request.stdin()) {
        run = startRuntime(Optional.empty(), Optional.of(out.writeEnd()));
        return;
      }
      try (Pipe in = Pipe.open()) {
        stdin = Optional.of(PipeWriter.open(context.loop(), Fd.adopt(in.writeEnd().release())));
        run = startRuntime(Optional.of(in.readEnd()), Optional.of(out.writeEnd()));
      }
    }
  }

  private static void widen(Pipe output) {
    try {
      Pipe.setCapacity(output.readEnd(), OUTPUT_CAPACITY);
    } catch (KernelException quota) {
      LOG.debug("output pipe stays small", quota);
    }
  }

  private RuntimeRun startRuntime(Optional<Fd> in, Optional<Fd> out) throws IOException {
    return context
        .runtime()
        .start(
            new RuntimeCall(
                request.verb(),
                request.commandLine().apply(console.map(ConsoleSocket::path)),
                request.environment(),
                in,
                out,
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
      Optional<WindowSize> size = request.size().get();
      if (size.isPresent()) {
        pty.resize(size.get());
      }
      terminal =
          Optional.of(Terminal.open(context.loop(), pty, context.buffer(), BytesListener.DISCARD));
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
    console.ifPresent(ConsoleSocket::poll);
    if (request.terminal() && terminal.isEmpty()) {
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
    if (terminal.isEmpty()) {
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
    boolean complete = !request.terminal() || terminal.isPresent();
    if (complete && !readingPid) {
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
    console.ifPresent(ConsoleSocket::close);
    context.processes().endLaunch(ticket);
    result.complete(new Launched(process, streams()));
  }

  private ProcessStreams streams() {
    if (terminal.isPresent()) {
      run.stderr().close();
      return new ProcessStreams.OnTerminal(terminal.get());
    }
    return new ProcessStreams.Pipes(stdin, stdout.orElseThrow(), run.stderr());
  }

  private void fail(Throwable reason) {
    if (over) {
      return;
    }
    over = true;
    stopWaiting();
    console.ifPresent(ConsoleSocket::close);
    terminal.ifPresent(Terminal::close);
    stdout.ifPresent(PipeReader::close);
    stdin.ifPresent(PipeWriter::close);
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
