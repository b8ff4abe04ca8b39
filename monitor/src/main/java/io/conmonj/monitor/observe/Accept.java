package io.conmonj.monitor.observe;

import java.util.Locale;

/** Chooses the format of an answer by what its client accepts (RFC 9110, section 12.5.1). */
final class Accept {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String TEXT = "text/plain";

  private Accept() {}

  /**
   * The format that a client prefers; of two that it likes equally OpenMetrics, and Prometheus'
   * where it asks for neither.
   *
   * @param header the value of Accept; empty when there was none
   */
  static MetricsFormat format(String header) {
    double openMetrics = 0;
    double text = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip();
      double weight = weight(parts);
      if (type.equals(OPEN_METRICS) && isOfVersion(parts, "1.0.0")) {
        openMetrics = Math.max(openMetrics, weight);
      } else if (type.equals(TEXT) && isOfVersion(parts, "0.0.4")) {
        text = Math.max(text, weight);
      }
    }
    return openMetrics > 0 && openMetrics >= text
        ? MetricsFormat.OPEN_METRICS
        : MetricsFormat.PROMETHEUS;
  }

  /** What is not a number is taken for nothing, so that it is not chosen. */
  private static double weight(String... parts) {
    String given = parameter("q", parts);
    try {
      return given.isEmpty() ? 1 : Double.parseDouble(given);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  private static boolean isOfVersion(String[] parts, String ours) {
    String given = parameter("version", parts);
    return given.isEmpty() || given.equals(ours);
  }

  private static String parameter(String name, String... parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1).replace("\"", "");
      }
    }
    return "";
  }
}
