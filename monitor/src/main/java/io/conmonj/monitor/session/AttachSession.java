package io.conmonj.monitor.session;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
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
final class AttachSession implements MovableSession {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSession.class);

  /** Bytes of output that a client may be behind before it is cut off. */
  private static final int MAX_BEHIND = 1024 * 1024;

  private final Container container;
  private final boolean stdinOnce;
  private final DetachFilter.Typed typed;
  private final SessionStreams streams;
  private final Optional<PipeWriter> onlyInput;
  private final VainInput vain;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private Subscription output;

  /** What another worker has left to be delivered first; null for nothing. */
  private byte[] undelivered;

  /** One that a client asks for, see {@link #run}. */
  AttachSession(Container container, AttachOptions options, SessionStreams streams) {
    this(container, options.stdinOnce(), new DetachFilter.Typed(options.detachKeys()), streams);
  }

  private AttachSession(
      Container container, boolean stdinOnce, DetachFilter.Typed typed, SessionStreams streams) {
    this.container = container;
    this.stdinOnce = stdinOnce;
    this.typed = typed;
    this.streams = streams;
    this.vain = new VainInput(streams, this::detach);
    boolean once = stdinOnce && !container.terminal() && streams.stdin().isPresent();
    this.onlyInput = once ? container.stdin() : Optional.empty();
  }

  /**
   * Completes when no more goes to the client.
   *
   * @param replayBytes how much of what the container has written before the client gets
   */
  CompletableFuture<Outcome> run(int replayBytes) {
    Viewer viewer = new Viewer(streams, this::end);
    return run(viewer, container.follow(viewer, MAX_BEHIND, replayBytes));
  }

  private CompletableFuture<Outcome> run(Viewer viewer, Subscription followed) {
    output = followed;
    viewer.follow(output);
    streams.onDisconnect(this::clientLeft);
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

  @Override
  public void freeze(StateWriter out) throws CannotMoveException {
    if (output.isEnding()) {
      throw new CannotMoveException("a client takes the last output of a container", true);
    }
    out.flag(stdinOnce).flag(vain.isTold()).bytes(output.undelivered());
    typed.freeze(out);
  }

  /** One of another worker, see {@link #goOn}. */
  static AttachSession thaw(StateReader in, Container container, SessionStreams streams)
      throws UnreadableStateException {
    boolean stdinOnce = in.flag();
    boolean told = in.flag();
    byte[] undelivered = in.bytes();
    DetachFilter.Typed typed = DetachFilter.Typed.thaw(in);
    AttachSession session = new AttachSession(container, stdinOnce, typed, streams);
    session.vain.wasTold(told);
    session.undelivered = undelivered;
    return session;
  }

  @Override
  public CompletableFuture<Outcome> goOn() {
    Viewer viewer = new Viewer(streams, this::end);
    byte[] before = undelivered;
    undelivered = null;
    return run(viewer, container.follow(viewer, MAX_BEHIND, before));
  }

  /** Ends the session with this outcome, unless it has ended with another one. */
  private void end(Outcome reason) {
    outcome.complete(reason);
  }

  private void detach() {
    end(new Outcome.Success());
  }

  /** Where the input is passed on to its end, the session goes on until all of it is written. */
  private void clientLeft() {
    if (onlyInput.isPresent()) {
      output.close();
    } else {
      detach();
    }
  }

  private void type(InboundStream from) {
    InboundStream.Receiver receiver =
        container
            .stdin()
            .<InboundStream.Receiver>map(
                to -> new InputPump(from, to, this::inputEnded, vain::tell))
            .orElse(vain);
    from.receive(DetachFilter.before(receiver, typed, this::detach));
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
