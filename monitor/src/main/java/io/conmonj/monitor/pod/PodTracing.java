package io.conmonj.monitor.pod;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.observe.TracingOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor's own spans, named as conmon-rs names them, and the export of what is left at its
 * end. There is one only where traces are exported. Loop thread only.
 */
final class PodTracing {
  private static final Logger LOG = LoggerFactory.getLogger(PodTracing.class);

  /**
   * For the last spans on their way to the collector, on a busy machine too, where what exports
   * them may only be loaded now. The daemon's own limit holds besides.
   */
  private static final long EXPORT_SECONDS = 5;

  private final EventLoop loop;
  private final Tracing tracing;
  private final Span life;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Duty goOn;

  /** What is traced at the end, and when that is over; null before. */
  private Span ending;

  private CompletableFuture<Void> ended;

  /** Completes when all is exported, or given up; null before it is begun. */
  private CompletableFuture<Void> exported;

  private PodTracing(EventLoop loop, Tracing tracing) {
    this.loop = loop;
    this.tracing = tracing;
    this.life = tracing.tracer().begin("backend");
    this.goOn = loop.duty(this::goOn);
  }

  /**
   * Begins.
   *
   * @param process the monitor's pid
   * @throws IOException when what exports them cannot be loaded
   */
  static PodTracing open(EventLoop loop, TracingOptions options, long process) throws IOException {
    return new PodTracing(loop, Tracing.open(options, process));
  }

  Tracing tracing() {
    return tracing;
  }

  /**
   * Traces the end of the pod, and then exports all spans. Called once at most.
   *
   * @param end begins to end the pod, and gives what completes when that is done
   * @return completes as that does, when the spans are exported, or it has taken too long
   */
  CompletableFuture<Void> end(Supplier<CompletableFuture<Void>> end) {
    ending = tracing.tracer().begin("signal_handler");
    tracing.within(ending, () -> ended = end.get());
    goOn.perform();
    return over;
  }

  private void goOn() {
    if (!ended.isDone()) {
      goOn.dueWhen(ended);
      return;
    }
    if (exported == null) {
      ending.end();
      life.end();
      CompletableFuture<Void> closed = tracing.tracer().close();
      exported = loop.offload("traces", () -> await(closed));
    }
    if (!exported.isDone()) {
      goOn.dueWhen(exported);
    } else if (ended.isCompletedExceptionally()) {
      over.completeExceptionally(ended.exceptionNow());
    } else {
      over.complete(null);
    }
  }

  /** On a thread of its own. */
  private static Void await(CompletableFuture<Void> closed) throws Exception {
    try {
      return closed.get(EXPORT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException inVain) {
      LOG.warn("the last traces were not exported within {} s", EXPORT_SECONDS);
      return null;
    }
  }
}
