package io.conmonj.monitor.observe;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long calls of the control interface took, and how many failed, by method. Loop thread only.
 */
public final class CallLatencies {
  private final Map<String, Method> methods = new TreeMap<>();

  private static final class Method {
    private final Histogram taken = new Histogram();
    private long failed;
  }

  /**
   * A call has ended.
   *
   * @param method by its name in the schema; one of a bounded number
   * @param nanos how long it took
   * @param failed whether its caller was told an error
   */
  public void add(String method, long nanos, boolean failed) {
    Method known = methods.get(method);
    if (known == null) {
      known = new Method();
      methods.put(method, known);
    }
    known.taken.add(nanos);
    known.failed += failed ? 1 : 0;
  }

  /** Writes them; methods that have never been called are left out. */
  public void write(MetricsText to) {
    to.histogram(
        "conmonj_rpc_duration_seconds",
        "Time from a call's arrival to its answer, what it has run included.");
    for (Map.Entry<String, Method> each : methods.entrySet()) {
      each.getValue().taken.write(to, "method", each.getKey());
    }
    to.counter("conmonj_rpc_failures", "Calls that were answered with an error.");
    for (Map.Entry<String, Method> each : methods.entrySet()) {
      to.value(each.getValue().failed, "method", each.getKey());
    }
  }
}
