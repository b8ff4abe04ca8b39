package io.conmonj.tracing;

import io.conmonj.monitor.observe.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;

/** A span of OpenTelemetry's, whose errors stay here. */
final class OtlpSpan implements Span {
  private final OtlpTracer tracer;
  private final io.opentelemetry.api.trace.Span span;

  OtlpSpan(OtlpTracer tracer, io.opentelemetry.api.trace.Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  @Override
  public Span child(String name) {
    try {
      return tracer.begin(name, Context.root().with(span), SpanKind.INTERNAL);
    } catch (Error noMemory) {
      tracer.lost(noMemory);
      return LostSpan.INSTANCE;
    }
  }

  @Override
  public void attribute(String key, String value) {
    contained(() -> span.setAttribute(key, value));
  }

  @Override
  public void attribute(String key, long value) {
    contained(() -> span.setAttribute(key, value));
  }

  @Override
  public void failed() {
    contained(() -> span.setStatus(StatusCode.ERROR));
  }

  @Override
  public void end() {
    contained(span::end);
  }

  private void contained(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error failed) {
      tracer.lost(failed);
    }
  }
}
