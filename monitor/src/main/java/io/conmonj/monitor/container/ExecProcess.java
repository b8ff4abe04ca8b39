package io.conmonj.monitor.container;

import io.conmonj.kernel.Signal;
import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.stdio.BytesListener;
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
  private final ExecStart start;
  private final CompletableFuture<ExecProcess> started = new CompletableFuture<>();
  private final ExecEnd end;
  private Optional<WindowSize> size;
  private Optional<Launched> launched = Optional.empty();
  private final Duty endGrace;
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
    this.start = new ExecStart(context, new Starting());
    this.endGrace = context.loop().duty(this::endGrace);
    this.end = new ExecEnd(context, container, endGrace);
  }

  /**
   * Starts it as soon as the request for the runtime is there.
   *
   * @param known completes with the request; its descriptors belong to this process from then on
   */
  void startWhen(CompletableFuture<LaunchRequest> known) {
    start.when(known);
  }

  /** Its end is waited for by a caller who cannot be handed over to another worker. */
  void answersCall() {
    answersCall = true;
  }

  /** Goes on with one that another worker has started; instead of {@link #startWhen}. */
  void goOn(Launched before) {
    start.isPast();
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
    if (end.exited().isDone()) {
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

  /** The size that the terminal shall have when it arrives. */
  Optional<WindowSize> size() {
    return size;
  }

  /** Completes when the runtime is called for it, whose turn has to be waited for. */
  CompletableFuture<Void> begun() {
    return start.begun();
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
    return end.exited();
  }

  /**
   * Completes with its exit code, 128 + signal number if it was killed, when it has ended and all
   * of its output was delivered, or the rest of it given up because another process holds the pipes
   * ({@link ContainerLimits#execDrain}). The code is {@link ExecSyncResult#STATUS_LOST} if nobody
   * knows it.
   */
  public CompletableFuture<Integer> finished() {
    return end.finished();
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
    if (launched.isPresent()) {
      launched.get().process().signalGroup(Signal.KILL);
    } else {
      start.abort();
    }
  }

  /**
   * Kills what it has left behind in its process group; to be called once it has ended. Does
   * nothing where its output has ended too, or before.
   */
  void killLeftovers() {
    end.killLeftovers();
  }

  /** Waits no longer for output that another process holds, if this one has ended. */
  void giveUpOutput() {
    end.giveUpOutput();
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
    if (grace.isPositive() && !end.exited().isDone()) {
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

  /** Instead of {@link #startWhen}. */
  void refuse(IOException reason) {
    started.completeExceptionally(reason);
    end.failed(reason);
  }

  private void onLaunched(Launched result) {
    launched = Optional.of(result);
    if (hungUp) {
      result.streams().hangUp();
    }
    end.await(result);
    started.complete(this);
  }

  private final class Starting implements ExecStart.Listener {
    @Override
    public void launched(Launched process) {
      onLaunched(process);
    }

    @Override
    public void refused(IOException reason) {
      refuse(reason);
    }
  }
}
