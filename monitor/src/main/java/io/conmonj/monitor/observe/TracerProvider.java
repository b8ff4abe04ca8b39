package io.conmonj.monitor.observe;

/** Makes the tracer; a service that is looked for where traces are wanted (see ServiceLoader). */
public interface TracerProvider {
  /**
   * A tracer that exports to there. Whether anybody takes the traces shows later.
   *
   * @param process the pid that the traces call the program's
   */
  Tracer open(TracingOptions options, long process);
}
