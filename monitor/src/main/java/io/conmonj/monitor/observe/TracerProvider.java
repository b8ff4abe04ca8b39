package io.conmonj.monitor.observe;

/** Makes the tracer; a service that is looked for where traces are wanted (see ServiceLoader). */
public interface TracerProvider {
  /** A tracer that exports to there. Whether anybody takes the traces shows later. */
  Tracer open(TracingOptions options);
}
