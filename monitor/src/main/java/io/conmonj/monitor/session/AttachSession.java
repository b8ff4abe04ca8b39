package io.conmonj.monitor.session;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSize;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches a container, and perhaps types into it. It ends with the container, when
 * the client goes or detaches, when the client's input ends, or when the client does not keep up.
 * Where that input is the container's only one ({@link AttachOptions#stdinOnce}), its end is passed
 * on instead, and whatever else ends the session ends that input too. Loop thread only.
 */
final class AttachSession {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSession.class);

  /** Bytes of output that a client may be behind before it is cut off. */
  private static final int MAX_BEHIND = 1024 * 1024;

  private final Container container;
  private final AttachOptions options;
  private final SessionStreams streams;
  private final Optional<PipeWriter> onlyInput;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  AttachSession(Container container, AttachOptions options, SessionStreams streams) {
    this.container = container;
    this.options = options;
    this.streams = streams;
    boolean once = options.stdinOnce() && !container.terminal() && streams.stdin().isPresent();
    this.onlyInput = once ? container.stdin() : Optional.empty();
  }

  /** Completes when no more goes to the client. */
  CompletableFuture<Outcome> run() {
    Viewer viewer = new Viewer(streams, this::end);
    Subscription output = container.follow(viewer, MAX_BEHIND, options.replayBytes());
    viewer.follow(output);
    streams.onDisconnect(() -> clientLeft(output));
    if (container.terminal()) {
      streams.terminalSizes().onSize(this::resize);
    }
    // Before the input is delivered: its end may end the session, and the replay must come before.
    output.resume();
    streams.stdin().ifPresent(this::type);
    return outcome.whenComplete(
        (done, failure) -> {
          output.close();
          onlyInput.ifPresent(PipeWriter::closeWhenWritten);
        });
  }

  /** Ends the session with this outcome, unless it has ended with another one. */
  private void end(Outcome reason) {
    outcome.complete(reason);
  }

  private void detach() {
    end(new Outcome.Success());
  }

  /** Where the input is passed on to its end, the session goes on until all of it is written. */
  private void clientLeft(Subscription output) {
    if (onlyInput.isPresent()) {
      output.close();
    } else {
      detach();
    }
  }

  private void type(InboundStream from) {
    VainInput vain = new VainInput(streams, this::detach);
    InboundStream.Receiver receiver =
        container
            .stdin()
            .<InboundStream.Receiver>map(
                to -> new InputPump(from, to, this::inputEnded, vain::tell))
            .orElse(vain);
    from.receive(DetachFilter.before(receiver, options.detachKeys(), this::detach));
  }

  private void inputEnded() {
    if (onlyInput.isPresent() && streams.isConnected()) {
      onlyInput.get().closeWhenWritten();
    } else {
      detach();
    }
  }

  private void resize(TerminalSize size) {
    try {
      container.resize(new WindowSize(size.columns(), size.rows()));
    } catch (IOException ended) {
      LOG.debug("terminal of container {} not resized", container.id(), ended);
    }
  }
}
