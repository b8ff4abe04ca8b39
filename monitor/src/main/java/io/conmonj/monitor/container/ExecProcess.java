package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.ProcessGroup;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A further process in a container, from the call of the runtime to the end of its output. It goes
 * on whether or not anybody is interested; {@link #hangUp} is for when a client has gone, and gives
 * it {@link ContainerLimits#execGrace}. Loop thread only.
 */
public final class ExecProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ExecProcess.class);

  private final LaunchContext context;
  private final String container;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<ExecProcess> started = new CompletableFuture<>();
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<Integer> finished = new CompletableFuture<>();
  private Optional<WindowSize> size;
  private Optional<Launched> launched = Optional.empty();
  private Optional<Launch> launch = Optional.empty();
  private Optional<Drain> drain = Optional.empty();
  private final Duty lookAtRequest;
  private final Duty lookAtLaunch;
  private final Duty lookAtEnd;
  private final Duty endGrace;
  private CompletableFuture<LaunchRequest> requested;
  private CompletableFuture<Launched> launching;
  private long exitedAt;
  private boolean killed;
  private boolean hungUp;
  private boolean detached;
  private boolean answersCall;

  /**
   * @param container the id of that which it runs in
   */
  ExecProcess(LaunchContext context, String container, Optional<WindowSize> size) {
    this.context = context;
    this.container = container;
    this.size = size;
    this.lookAtRequest = context.loop().duty(this::lookAtRequest);
    this.lookAtLaunch = context.loop().duty(this::lookAtLaunch);
    this.lookAtEnd = context.loop().duty(this::lookAtEnd);
    this.endGrace = context.loop().duty(this::endGrace);
  }

  /**
   * Starts it as soon as the request for the runtime is there.
   *
   * @param known completes with the request; its descriptors belong to this process from then on
   */
  void startWhen(CompletableFuture<LaunchRequest> known) {
    requested = known;
    lookAtRequest.perform();
  }

  /** Its end is waited for by a caller who cannot be handed over to another worker. */
  void answersCall() {
    answersCall = true;
  }

  /** Goes on with one that another worker has started; instead of {@link #startWhen}. */
  void goOn(Launched before) {
    begun.complete(null);
    onLaunched(before);
  }

  /**
   * What keeps another worker from going on with it, in words for an operator; null when nothing
   * does.
   */
  public String staysBecause() {
    if (answersCall) {
      return "a command runs whose caller waits for it";
    }
    if (launched.isEmpty()) {
      return "a command is being started";
    }
    if (exited.isDone()) {
      return "a command is ending";
    }
    if (hungUp) {
      return "a command goes on whose client has gone";
    }
    ProcessStreams streams = launched.get().streams();
    for (PipeReader each : streams.readers()) {
      if (!each.isPassedOn()) {
        return "output of a command is held back";
      }
    }
    if (streams.stdin().isPresent() && streams.stdin().get().isClosing()) {
      return "the input of a command is ending";
    }
    return null;
  }

  /** Whether there is something to do for it that no descriptor will tell. */
  boolean waits() {
    ProcessStreams streams = running().streams();
    for (PipeReader each : streams.readers()) {
      if (each.isHungUp()) {
        return true;
      }
    }
    return streams.stdin().isPresent() && streams.stdin().get().isWaiting();
  }

  /** The id of the container that it runs in. */
  String container() {
    return container;
  }

  /** Whether its client has left it to itself, see {@link #detach}. */
  boolean detached() {
    return detached;
  }

  private void lookAtRequest() {
    if (!requested.isDone()) {
      lookAtRequest.dueWhen(requested);
    } else if (requested.isCompletedExceptionally()) {
      refuse("start process: ", requested.exceptionNow());
    } else if (launch.isEmpty()) {
      start(requested.resultNow());
    }
  }

  private void start(LaunchRequest request) {
    try {
      if (killed) {
        throw new IOException("start process: killed");
      }
      Launch next = new Launch(context, request);
      var _ = next.begun().thenRun(() -> begun.complete(null));
      launch = Optional.of(next);
    } catch (IOException | Error failed) {
      request.additionalFds().forEach(Fd::close);
      refuse("start process: ", failed);
      return;
    }
    launching = launch.get().start();
    lookAtLaunch.perform();
  }

  private void refuse(String what, Throwable failure) {
    refuse(
        failure instanceof IOException reason
            ? reason
            : new IOException(what + failure.getMessage(), failure));
  }

  /** The size that the terminal shall have when it arrives. */
  Optional<WindowSize> size() {
    return size;
  }

  /** Completes when the runtime is called for it, whose turn has to be waited for. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /**
   * Completes with this process when it runs; fails with the runtime's message when it could not be
   * started, and so does {@link #finished} then.
   */
  public CompletableFuture<ExecProcess> started() {
    return started;
  }

  /** As {@link #finished}, but as soon as the process itself has ended. */
  public CompletableFuture<Integer> exited() {
    return exited;
  }

  /**
   * Completes with its exit code, 128 + signal number if it was killed, when it has ended and all
   * of its output was delivered, or the rest of it given up because another process holds the pipes
   * ({@link ContainerLimits#execDrain}). The code is {@link ExecSyncResult#STATUS_LOST} if nobody
   * knows it.
   */
  public CompletableFuture<Integer> finished() {
    return finished;
  }

  /**
   * Its process id, as the host sees it.
   *
   * @throws IllegalStateException before {@link #started}
   */
  public int pid() {
    return running().process().pid();
  }

  /**
   * What is written to it; empty when it was started without input.
   *
   * @throws IllegalStateException before {@link #started}
   */
  public Optional<PipeWriter> stdin() {
    return running().streams().stdin();
  }

  /**
   * Its output streams, to be paused and resumed by whoever gets them: the first is standard output
   * or the terminal.
   *
   * @throws IllegalStateException before {@link #started}
   */
  public List<PipeReader> outputs() {
    return running().streams().readers();
  }

  /**
   * Begins to deliver its output, possibly from within this call. With a terminal all of it goes to
   * {@code stdout}, and {@code stderr} is never called.
   *
   * @throws IllegalStateException before {@link #started}
   */
  public void deliver(BytesListener stdout, BytesListener stderr) {
    running().streams().start(stdout, stderr);
  }

  /**
   * Sets the size of its terminal, before its first output if called before {@link #started}.
   *
   * @throws IOException when it has no terminal
   */
  public void resize(WindowSize wanted) throws IOException {
    size = Optional.of(wanted);
    if (launched.isPresent()) {
      launched.get().streams().resize(wanted);
    }
  }

  /** Kills it and its process group, or the runtime that was about to start it. */
  public void kill() {
    killed = true;
    launched.ifPresentOrElse(
        it -> it.process().signalGroup(Signal.KILL),
        () -> launch.ifPresent(it -> it.abort("killed")));
  }

  /**
   * Kills what it has left behind in its process group; to be called once it has ended. Does
   * nothing where its output has ended too, or before.
   */
  void killLeftovers() {
    if (drain.isPresent() && !finished.isDone()) {
      int group = pid();
      long ended = exitedAt;
      var _ =
          context
              .loop()
              .offload("exec-leftovers", () -> ProcessGroup.killLeftovers(group, ended))
              .whenComplete(
                  (found, failure) -> {
                    if (failure != null) {
                      LOG.atWarn()
                          .addKeyValue(LogField.CONTAINER, container)
                          .setCause(failure)
                          .log("kill what process {} has left behind", group);
                    }
                  });
    }
  }

  /** Waits no longer for output that another process holds, if this one has ended. */
  void giveUpOutput() {
    drain.ifPresent(Drain::giveUp);
  }

  /**
   * Its client has gone: its terminal is hung up; without one its input ends and its output pipes
   * are closed. What it does then is its own affair, until it is killed at the end of {@link
   * ContainerLimits#execGrace}; it is reaped when it ends.
   */
  public void hangUp() {
    if (hungUp) {
      return;
    }
    hungUp = true;
    launched.ifPresent(it -> it.streams().hangUp());
    Duration grace = context.limits().execGrace();
    if (grace.isPositive() && !exited.isDone()) {
      endGrace.dueAfter(grace);
    }
  }

  private void endGrace() {
    Duration grace = context.limits().execGrace();
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, container)
        .log("kill process ({}): it goes on {} after its client", description(), grace);
    kill();
  }

  /** Its pid and whether its client is still there, in a few words for an operator. */
  public String description() {
    String where = launched.map(it -> "pid " + it.process().pid()).orElse("starting");
    if (detached) {
      return where + ", its client has detached";
    }
    return hungUp ? where + ", its client has gone" : where;
  }

  /**
   * Its client leaves it to itself: it keeps its terminal and its input, and what it writes from
   * now on is read and dropped, so that it goes on as before. It is reaped when it ends.
   *
   * @throws IllegalStateException before {@link #started}
   */
  public void detach() {
    detached = true;
    for (PipeReader each : outputs()) {
      each.listener(BytesListener.DISCARD);
      each.chargeToNobody();
      each.resume();
    }
  }

  /**
   * Its process and streams.
   *
   * @throws IllegalStateException before {@link #started}
   */
  Launched running() {
    return launched.orElseThrow(
        () -> new IllegalStateException("use a process that has not been started"));
  }

  /** Instead of {@link #start}. */
  void refuse(IOException reason) {
    started.completeExceptionally(reason);
    exited.completeExceptionally(reason);
    finished.completeExceptionally(reason);
  }

  // Each of these is done again when it throws for want of memory: whoever started the process
  // waits for its end.
  private void lookAtLaunch() {
    if (!launching.isDone()) {
      lookAtLaunch.dueWhen(launching);
    } else if (launching.isCompletedExceptionally()) {
      refuse("start process: ", launching.exceptionNow());
    } else {
      onLaunched(launching.resultNow());
    }
  }

  private void onLaunched(Launched result) {
    launched = Optional.of(result);
    if (hungUp) {
      result.streams().hangUp();
    }
    lookAtEnd.perform();
    started.complete(this);
  }

  private void lookAtEnd() {
    CompletableFuture<ExitStatus> end = running().process().exited();
    if (!end.isDone()) {
      lookAtEnd.dueWhen(end);
      return;
    }
    endGrace.cancel();
    int code =
        end.isCompletedExceptionally() ? ExecSyncResult.STATUS_LOST : end.resultNow().toCode();
    if (!exited.isDone()) {
      exitedAt = System.nanoTime();
      exited.complete(code);
    }
    ProcessStreams streams = running().streams();
    streams.stdin().ifPresent(PipeWriter::close);
    if (drain.isEmpty()) {
      drain =
          Optional.of(new Drain(context.loop(), context.limits().execDrain(), streams.readers()));
    }
    Drain last = drain.get();
    last.start();
    if (last.done().isDone()) {
      onDrained(last.done().resultNow(), code);
    } else {
      lookAtEnd.dueWhen(last.done());
    }
  }

  private void onDrained(boolean complete, int code) {
    if (!complete) {
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, container)
          .log("output of process {} is held by another one: the rest is dropped", pid());
    }
    finished.complete(code);
  }
}
