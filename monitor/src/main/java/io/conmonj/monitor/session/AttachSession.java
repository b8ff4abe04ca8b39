package io.conmonj.monitor.session;

import io.conmonj.kernel.WindowSize;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.stdio.Subscription;
import io.conmonj.monitor.streaming.InboundStream;
import io.conmonj.monitor.streaming.Outcome;
import io.conmonj.monitor.streaming.SessionStreams;
import io.conmonj.monitor.streaming.TerminalSize;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches a container, and perhaps types into it. It ends with the container, when
 * the client goes, when the client's input ends, or when the client does not keep up. Loop thread
 * only.
 */
final class AttachSession {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSession.class);

  /** Bytes of output that a client may be behind before it is cut off. */
  private static final int MAX_BEHIND = 1024 * 1024;

  private final Container container;
  private final SessionStreams streams;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  AttachSession(Container container, SessionStreams streams) {
    this.container = container;
    this.streams = streams;
  }

  /** Completes when no more goes to the client. */
  CompletableFuture<Outcome> run() {
    Viewer viewer = new Viewer(streams, this::end);
    Subscription output = container.follow(viewer, MAX_BEHIND);
    viewer.follow(output);
    streams.onDisconnect(() -> end(new Outcome.Success()));
    if (container.terminal()) {
      streams.terminalSizes().onSize(this::resize);
    }
    streams.stdin().ifPresent(this::type);
    output.resume();
    return outcome.whenComplete((done, failure) -> output.close());
  }

  /** The first reason counts. */
  private void end(Outcome reason) {
    outcome.complete(reason);
  }

  private void type(InboundStream from) {
    Optional<PipeWriter> to = container.stdin();
    if (to.isPresent()) {
      from.receive(new InputPump(from, to.get(), () -> end(new Outcome.Success())));
    } else {
      from.discard();
    }
  }

  private void resize(TerminalSize size) {
    try {
      container.resize(new WindowSize(size.rows(), size.columns()));
    } catch (IOException ended) {
      LOG.debug("terminal of container {} not resized", container.id(), ended);
    }
  }
}
