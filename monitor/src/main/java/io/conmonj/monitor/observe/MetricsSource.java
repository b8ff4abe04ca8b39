package io.conmonj.monitor.observe;

/** Who knows the values of metrics. */
@FunctionalInterface
public interface MetricsSource {
  /** Writes all of them, as they are now. Loop thread only. */
  void write(MetricsText to);
}
