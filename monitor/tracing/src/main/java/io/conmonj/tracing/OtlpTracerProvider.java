package io.conmonj.tracing;

import io.conmonj.monitor.observe.Tracer;
import io.conmonj.monitor.observe.TracerProvider;
import io.conmonj.monitor.observe.TracingOptions;

/** Makes the tracer of a monitor; the service by which the monitor finds this module. */
public final class OtlpTracerProvider implements TracerProvider {
  /** For ServiceLoader. */
  public OtlpTracerProvider() {}

  @Override
  public Tracer open(TracingOptions options, long process) {
    return OtlpTracer.open(options, process);
  }
}
