package io.conmonj.monitor.session;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.ExecProcess;
import io.conmonj.monitor.container.ExecSpec;
import io.conmonj.monitor.container.MovingExecs;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command that a client runs in a container: joins the client's streams with the process's.
 * Loop thread only.
 */
final class ExecSession implements MovableSession {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSession.class);

  private static final int MAX_EXIT_CODE = 255;

  private final SessionStreams streams;
  private final boolean terminal;
  private final DetachFilter.Typed typed;
  private final MovingExecs moving;
  private final CompletableFuture<Outcome> detached = new CompletableFuture<>();

  /** Why its output could not be read to the end. */
  private Optional<String> cut = Optional.empty();

  /** Null before it is asked for. */
  private ExecProcess process;

  /** Whether the terminal has the size that comes next. */
  private boolean isSized;

  private ExecSession(
      SessionStreams streams, boolean terminal, DetachFilter.Typed typed, MovingExecs moving) {
    this.streams = streams;
    this.terminal = terminal;
    this.typed = typed;
    this.moving = moving;
  }

  /** One that a client asks for. */
  static ExecSession of(ExecRequest request, SessionStreams streams, MovingExecs moving) {
    return new ExecSession(
        streams,
        request.stdio().tty(),
        new DetachFilter.Typed(request.options().detachKeys()),
        moving);
  }

  /**
   * Starts the command; completes when all it wrote has been given to the client's streams, or the
   * client has detached. Fails in the runtime's words when it could not be started.
   *
   * @param commands starts them in the container
   */
  CompletableFuture<Outcome> run(
      EventLoop loop, Function<ExecSpec, ExecProcess> commands, ExecRequest request) {
    if (!terminal || request.options().size().isPresent()) {
      return start(commands, request);
    }
    return FirstSize.arrived(loop, streams.terminalSizes())
        .thenCompose(arrived -> start(commands, request));
  }

  private CompletableFuture<Outcome> start(
      Function<ExecSpec, ExecProcess> commands, ExecRequest request) {
    if (!streams.isConnected()) {
      return CompletableFuture.completedFuture(new Outcome.Failed("the client has gone"));
    }
    process =
        commands.apply(
            new ExecSpec(
                arguments(request),
                terminal,
                streams.stdin().isPresent(),
                size(request).map(ExecSession::windowSize),
                List.of()));
    streams.onDisconnect(process::hangUp);
    if (terminal) {
      // From now on, not from the start of the process: a size that comes while the runtime is
      // still at work is set before the process can write.
      streams.terminalSizes().onSize(this::resize);
    }
    var _ = process.started().thenAccept(started -> join());
    return outcome();
  }

  private CompletableFuture<Outcome> outcome() {
    return process.finished().thenApply(this::outcome).applyToEither(detached, any -> any);
  }

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    String because = process == null ? "a command is being started" : process.staysBecause();
    if (because != null) {
      throw new CannotMoveException(because, true);
    }
    out.number(moving.number(process)).flag(terminal).optionalText(cut);
    typed.freeze(out);
  }

  /**
   * One of another worker.
   *
   * @throws IOException when its process does not go on
   */
  static ExecSession thaw(StateReader in, SessionStreams streams, MovingExecs moving)
      throws IOException {
    Optional<ExecProcess> claimed = moving.claim(in.number());
    boolean terminal = in.flag();
    Optional<String> cut = in.optionalText();
    DetachFilter.Typed typed = DetachFilter.Typed.thaw(in);
    ExecSession session = new ExecSession(streams, terminal, typed, moving);
    session.cut = cut;
    session.process =
        claimed.orElseThrow(() -> new IOException("the command was lost with its monitor"));
    return session;
  }

  @Override
  public CompletableFuture<Outcome> goOn() {
    streams.onDisconnect(process::hangUp);
    if (terminal) {
      // The latest of the other worker is set, and programs may have changed it since.
      isSized = true;
      streams.terminalSizes().onSize(this::resize);
      isSized = false;
    }
    join();
    return outcome();
  }

  private static ExecArguments arguments(ExecRequest request) {
    ExecOptions options = request.options();
    List<String> groups = new ArrayList<>();
    for (var group : options.additionalGroups()) {
      groups.add(String.valueOf(group));
    }
    return new ExecArguments(
        request.command(),
        options.environment(),
        options.workingDirectory(),
        options.user(),
        groups);
  }

  private Optional<TerminalSize> size(ExecRequest request) {
    return streams.terminalSizes().latest().or(() -> request.options().size());
  }

  private void join() {
    List<PipeReader> outputs = process.outputs();
    outputs.forEach(each -> each.chargeTo(streams.memory()));
    BytesListener stdout = output(streams.stdout(), outputs.getFirst());
    BytesListener stderr = output(streams.stderr(), outputs.getLast());
    process.deliver(stdout, stderr);
    streams.stdin().ifPresent(this::join);
  }

  private void join(InboundStream from) {
    process.stdin().ifPresentOrElse(to -> from.receive(receiver(from, to)), from::discard);
  }

  private InboundStream.Receiver receiver(InboundStream from, PipeWriter to) {
    return DetachFilter.before(
        new InputPump(from, to, () -> endInput(to), ExecSession::refused), typed, this::detach);
  }

  /** Cannot be: nobody but its client ends the input of a command. */
  private static void refused() {
    LOG.debug("input for a command whose input has been ended");
  }

  private void detach() {
    process.detach();
    detached.complete(new Outcome.Success());
  }

  /** Not of a terminal: closing it would hang up the process, which nobody asked for. */
  private void endInput(PipeWriter to) {
    if (!terminal) {
      to.closeWhenWritten();
    }
  }

  private BytesListener output(Optional<OutboundStream> wanted, PipeReader from) {
    return wanted
        .<BytesListener>map(
            to -> new OutputPump(from, to, cause -> cut = Optional.of(cause.getMessage())))
        .orElse(BytesListener.DISCARD);
  }

  private void resize(TerminalSize size) {
    if (isSized) {
      return;
    }
    try {
      process.resize(windowSize(size));
    } catch (IOException ended) {
      LOG.debug("terminal not resized", ended);
    }
  }

  private static WindowSize windowSize(TerminalSize size) {
    return new WindowSize(size.columns(), size.rows());
  }

  private Outcome outcome(int code) {
    if (cut.isPresent()) {
      return new Outcome.Failed("the output was cut: " + cut.get());
    }
    return code >= 0 && code <= MAX_EXIT_CODE
        ? new Outcome.Exited(code)
        : new Outcome.Failed("the exit code of the command was lost");
  }
}
