package io.conmonj.monitor.session;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.ExecProcess;
import io.conmonj.monitor.container.ExecSpec;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ExecArguments;
import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.ExecOptions;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSize;
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
final class ExecSession {
  private static final Logger LOG = LoggerFactory.getLogger(ExecSession.class);

  private static final int MAX_EXIT_CODE = 255;

  private final EventLoop loop;
  private final Function<ExecSpec, ExecProcess> commands;
  private final ExecRequest request;
  private final SessionStreams streams;
  private final boolean terminal;
  private final CompletableFuture<Outcome> detached = new CompletableFuture<>();
  private Optional<IOException> cut = Optional.empty();

  /**
   * @param commands starts them in the container
   */
  ExecSession(
      EventLoop loop,
      Function<ExecSpec, ExecProcess> commands,
      ExecRequest request,
      SessionStreams streams) {
    this.loop = loop;
    this.commands = commands;
    this.request = request;
    this.streams = streams;
    this.terminal = request.stdio().tty();
  }

  /**
   * Starts the command; completes when all it wrote has been given to the client's streams, or the
   * client has detached. Fails in the runtime's words when it could not be started.
   */
  CompletableFuture<Outcome> run() {
    if (!terminal || request.options().size().isPresent()) {
      return start();
    }
    return FirstSize.arrived(loop, streams.terminalSizes()).thenCompose(arrived -> start());
  }

  private CompletableFuture<Outcome> start() {
    if (!streams.isConnected()) {
      return CompletableFuture.completedFuture(new Outcome.Failed("the client has gone"));
    }
    ExecProcess process =
        commands.apply(
            new ExecSpec(
                arguments(request),
                terminal,
                streams.stdin().isPresent(),
                size().map(ExecSession::windowSize),
                List.of()));
    streams.onDisconnect(process::hangUp);
    if (terminal) {
      // From now on, not from the start of the process: a size that comes while the runtime is
      // still at work is set before the process can write.
      streams.terminalSizes().onSize(size -> resize(process, size));
    }
    var _ = process.started().thenAccept(this::join);
    return process.finished().thenApply(this::outcome).applyToEither(detached, any -> any);
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

  private Optional<TerminalSize> size() {
    return streams.terminalSizes().latest().or(() -> request.options().size());
  }

  private void join(ExecProcess process) {
    List<PipeReader> outputs = process.outputs();
    outputs.forEach(each -> each.chargeTo(streams.memory()));
    BytesListener stdout = output(streams.stdout(), outputs.getFirst());
    BytesListener stderr = output(streams.stderr(), outputs.getLast());
    process.deliver(stdout, stderr);
    streams.stdin().ifPresent(from -> join(process, from));
  }

  private void join(ExecProcess process, InboundStream from) {
    process.stdin().ifPresentOrElse(to -> from.receive(receiver(process, from, to)), from::discard);
  }

  private InboundStream.Receiver receiver(ExecProcess process, InboundStream from, PipeWriter to) {
    return DetachFilter.before(
        new InputPump(from, to, () -> endInput(to), ExecSession::refused),
        request.options().detachKeys(),
        () -> detach(process));
  }

  /** Cannot be: nobody but its client ends the input of a command. */
  private static void refused() {
    LOG.debug("input for a command whose input has been ended");
  }

  private void detach(ExecProcess process) {
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
        .<BytesListener>map(to -> new OutputPump(from, to, cause -> cut = Optional.of(cause)))
        .orElse(BytesListener.DISCARD);
  }

  private static void resize(ExecProcess process, TerminalSize size) {
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
      return new Outcome.Failed("the output was cut: " + cut.get().getMessage());
    }
    return code >= 0 && code <= MAX_EXIT_CODE
        ? new Outcome.Exited(code)
        : new Outcome.Failed("the exit code of the command was lost");
  }
}
