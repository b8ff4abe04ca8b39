package io.conmonj.monitor.pod;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.observe.TracingOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The monitor's own spans, named as conmon-rs names them, and the export of what is left at its
 * end. There is one only where traces are exported. Loop thread only.
 */
final class PodTracing {
  /**
   * For the last spans on their way to the collector, on a busy machine too, where what exports
   * them may only be loaded now. The daemon's own limit holds besides.
   */
  private static final Duration EXPORT = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Tracing tracing;
  private final Span life;

  private PodTracing(EventLoop loop, Tracing tracing) {
    this.loop = loop;
    this.tracing = tracing;
    this.life = tracing.tracer().begin("backend");
  }

  /**
   * Begins.
   *
   * @throws IOException when what exports them cannot be loaded
   */
  static PodTracing open(EventLoop loop, TracingOptions options) throws IOException {
    return new PodTracing(loop, Tracing.open(options));
  }

  Tracing tracing() {
    return tracing;
  }

  /**
   * Traces the end of the pod, and then exports all spans.
   *
   * @param end begins to end the pod, and gives what completes when that is done
   * @return completes as that does, when the spans are exported, or it has taken too long
   */
  CompletableFuture<Void> end(Supplier<CompletableFuture<Void>> end) {
    Span ending = tracing.tracer().begin("signal_handler");
    CompletableFuture<Void> over = new CompletableFuture<>();
    tracing.within(
        ending,
        () -> {
          var _ = end.get().whenComplete((done, failed) -> exportAll(ending, failed, over));
        });
    return over;
  }

  private void exportAll(Span ending, Throwable failed, CompletableFuture<Void> over) {
    ending.end();
    life.end();
    loop.schedule(EXPORT, () -> complete(over, failed));
    var _ =
        tracing
            .tracer()
            .close()
            .whenComplete((done, never) -> loop.execute(() -> complete(over, failed)));
  }

  private static void complete(CompletableFuture<Void> over, Throwable failed) {
    if (failed == null) {
      over.complete(null);
    } else {
      over.completeExceptionally(failed);
    }
  }
}
