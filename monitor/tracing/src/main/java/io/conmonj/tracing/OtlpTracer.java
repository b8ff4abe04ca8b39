package io.conmonj.tracing;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.SpanCounts;
import io.conmonj.monitor.observe.Tracer;
import io.conmonj.monitor.observe.TracingOptions;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes spans by OpenTelemetry's SDK. A span that is there no memory for is counted as dropped. */
final class OtlpTracer implements Tracer {
  /** What made the spans, as the traces call it. */
  private static final String SCOPE = "conmonj";

  /** Of an attribute, in characters: paths are the longest, and seldom so long. */
  private static final int MOST_OF_VALUE = 512;

  /** How long is waited at the end for a collector that does not take spans. */
  private static final long IN_VAIN_SECONDS = 1;

  private final SdkTracerProvider provider;
  private final io.opentelemetry.api.trace.Tracer tracer;
  private final SpanQueue queue;
  private final Losses losses;

  private OtlpTracer(SdkTracerProvider provider, SpanQueue queue, Losses losses) {
    this.provider = provider;
    this.tracer = provider.get(SCOPE);
    this.queue = queue;
    this.losses = losses;
  }

  static OtlpTracer open(TracingOptions options, long process) {
    LibraryLog.silence();
    Losses losses = new Losses(options.endpoint());
    SpanQueue queue = new SpanQueue(new CollectorExporter(options.endpoint(), losses), losses);
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(MonitorResource.of(options.service(), process))
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(MOST_OF_VALUE).build())
            .addSpanProcessor(queue)
            .build();
    return new OtlpTracer(provider, queue, losses);
  }

  @Override
  public Span begin(String name) {
    return begin(name, Context.root(), SpanKind.INTERNAL);
  }

  @Override
  public Span beginCall(String name, Map<String, String> context) {
    Context parent;
    try {
      parent =
          W3CTraceContextPropagator.getInstance().extract(Context.root(), context, Pairs.INSTANCE);
    } catch (RuntimeException malformed) {
      parent = Context.root();
    }
    return begin(name, parent, SpanKind.SERVER);
  }

  /** Begins a span; in its stead one that does nothing, where there is no memory for it. */
  Span begin(String name, Context parent, SpanKind kind) {
    try {
      SpanBuilder builder = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind);
      return new OtlpSpan(this, builder.startSpan());
    } catch (RuntimeException | Error failed) {
      lost(failed);
      return LostSpan.INSTANCE;
    }
  }

  /** Something could not be said of a span, or it not be kept at all. */
  void lost(Throwable why) {
    losses.dropped(why);
  }

  @Override
  public SpanCounts counts() {
    return losses.counts();
  }

  @Override
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try {
      provider.shutdown().whenComplete(() -> closed.complete(null));
    } catch (RuntimeException | Error failed) {
      lost(failed);
      closed.complete(null);
    }
    if (losses.losing()) {
      closed.completeOnTimeout(null, IN_VAIN_SECONDS, TimeUnit.SECONDS);
    }
    return closed;
  }

  /** How many spans have ended and are neither exported nor given up. */
  int waiting() {
    return queue.waiting();
  }

  private enum Pairs implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    public String get(Map<String, String> pairs, String name) {
      return pairs == null ? null : pairs.get(name);
    }
  }
}
