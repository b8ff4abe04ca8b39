package io.conmonj.monitor.observe;

/** How metrics are written. */
public enum MetricsFormat {
  /** The text format of Prometheus, version 0.0.4. */
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),

  /** OpenMetrics 1.0. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  MetricsFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The value of HTTP's Content-Type. */
  String contentType() {
    return contentType;
  }
}
