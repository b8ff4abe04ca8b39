package io.conmonj.monitor.observe;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Begins spans, and exports those that have ended. Never blocks. Loop thread only. */
public interface Tracer {
  /** Begins a span that is a part of no other: a trace of its own. */
  Span begin(String name);

  /**
   * Begins the span of a call, as a part of its caller's if that is known.
   *
   * @param context what the caller has sent along: W3C's {@code traceparent} and {@code
   *     tracestate}; what is missing or makes no sense counts as nothing
   */
  Span beginCall(String name, Map<String, String> context);

  /** What became of the spans that have ended so far. */
  SpanCounts counts();

  /**
   * Exports what has ended, and ends. To be called once, after which no span is begun.
   *
   * @return completes on any thread, when all is exported or given up; that may take as long as a
   *     collector likes that has taken all so far
   */
  CompletableFuture<Void> close();
}
