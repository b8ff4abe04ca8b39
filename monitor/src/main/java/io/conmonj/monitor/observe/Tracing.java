package io.conmonj.monitor.observe;

import java.io.IOException;
import java.util.Optional;

/**
 * The tracing of a monitor. There is one only where traces are wanted: elsewhere nothing of it is
 * loaded, so who traces something has it as an {@link Optional}. Loop thread only.
 */
public final class Tracing {
  private final Tracer tracer;
  private Optional<Span> current = Optional.empty();

  /** Tracing by the tracer given. */
  public Tracing(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Loads what exports traces, and begins.
   *
   * @param process the pid that the traces call the program's
   * @throws IOException when that is not there
   */
  public static Tracing open(TracingOptions options, long process) throws IOException {
    return new Tracing(TracerJar.provider().open(options, process));
  }

  /** Begins and exports spans. */
  public Tracer tracer() {
    return tracer;
  }

  /** The span in which something is done now; what is begun in its course is a part of it. */
  public Optional<Span> current() {
    return current;
  }

  /** Does something in a span, which it does not end. */
  public void within(Span span, Runnable work) {
    Optional<Span> before = current;
    current = Optional.of(span);
    try {
      work.run();
    } finally {
      current = before;
    }
  }

  /** Writes what became of the spans. */
  public void write(MetricsText to) {
    SpanCounts counts = tracer.counts();
    to.counter("conmonj_trace_spans_exported", "Spans that the collector has taken.");
    to.value(counts.exported());
    to.counter("conmonj_trace_spans_lost", "Spans that were not exported, by reason.");
    to.value(counts.dropped(), "reason", "queue");
    to.value(counts.undelivered(), "reason", "collector");
  }
}
