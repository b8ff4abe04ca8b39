package io.conmonj.tracing;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;

/**
 * Sends spans to a collector. The SDK calls it from one thread; what speaks gRPC is made there at
 * the first batch, because that takes longer than the start of a monitor.
 */
final class CollectorExporter implements SpanExporter {
  private final URI endpoint;
  private final Losses losses;

  /** Null until there is something to send. */
  private SpanExporter exporter;

  CollectorExporter(URI endpoint, Losses losses) {
    this.endpoint = endpoint;
    this.losses = losses;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result;
    try {
      result = exporter().export(spans);
    } catch (RuntimeException | Error failed) {
      result = CompletableResultCode.ofExceptionalFailure(failed);
    }
    CompletableResultCode end = result;
    return end.whenComplete(
        () -> {
          if (end.isSuccess()) {
            losses.exported(count);
          } else {
            losses.undelivered(count, end.getFailureThrowable());
          }
        });
  }

  private SpanExporter exporter() {
    if (exporter == null) {
      exporter =
          OtlpGrpcSpanExporter.builder()
              .setEndpoint(endpoint.toString())
              .setComponentLoader(
                  ComponentLoader.forClassLoader(CollectorExporter.class.getClassLoader()))
              .build();
    }
    return exporter;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter == null ? CompletableResultCode.ofSuccess() : exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter == null ? CompletableResultCode.ofSuccess() : exporter.shutdown();
  }
}
