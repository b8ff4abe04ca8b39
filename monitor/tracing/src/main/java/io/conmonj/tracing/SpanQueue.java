package io.conmonj.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spans that have ended, until a collector has them: the SDK's own queue and its thread, with a
 * bound before it at which what has no room is dropped and counted. Spans come from the loop's
 * thread; whatever a collector does, it does not wait.
 */
final class SpanQueue implements SpanProcessor {
  /** A span takes about 1 KiB of the heap, 3 KiB at most, and the heap has 32 MiB. */
  static final int MOST_SPANS = 1024;

  private static final int BATCH = 256;

  private final Losses losses;
  private final SpanProcessor batches;

  /** In the queue, and on their way to the collector. */
  private final AtomicInteger waiting = new AtomicInteger();

  SpanQueue(SpanExporter exporter, Losses losses) {
    this.losses = losses;
    this.batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(MOST_SPANS)
            .setMaxExportBatchSize(BATCH)
            .build();
  }

  int waiting() {
    return waiting.get();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    batches.onStart(parent, span);
  }

  @Override
  public boolean isStartRequired() {
    return batches.isStartRequired();
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!span.getSpanContext().isSampled()) {
      return;
    }
    if (waiting.incrementAndGet() > MOST_SPANS) {
      waiting.decrementAndGet();
      losses.dropped();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  /** Makes room when a batch is exported, or given up. */
  private final class Counted implements SpanExporter {
    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(() -> waiting.addAndGet(-count));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
