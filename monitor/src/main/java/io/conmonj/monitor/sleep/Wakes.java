package io.conmonj.monitor.sleep;

import io.conmonj.monitor.holder.Welcome;
import io.conmonj.schema.State;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.capnproto.StructList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has ended this monitor's sleeps, by cause. Handed on from worker to worker; each adds what
 * it was woken by itself, if it was. Loop thread only.
 */
public final class Wakes {
  private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

  private final Welcome welcome;

  /** By label: those of this build in their order, then those of another that it does not know. */
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private final String last;

  Wakes(Welcome welcome, State.Sleep.Reader before) {
    this.welcome = welcome;
    for (WakeCause each : WakeCause.values()) {
      counts.put(each.label(), 0L);
    }
    for (State.Wake.Reader each : before.getWakes()) {
      add(each.getCause().toString(), each.getCount());
    }
    if (welcome.isWoken()) {
      last = WakeCause.of(welcome).label();
      add(last, 1);
    } else {
      last = before.getLastWake().toString();
    }
  }

  private void add(String cause, long count) {
    Long before = counts.get(cause);
    counts.put(cause, before == null ? count : before + count);
  }

  /** How often it was what, by label: all causes that this build knows, and those that came. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** As {@link #counts}, of those alone that came, in the same order; a copy. */
  public Map<String, Long> came() {
    Map<String, Long> came = new LinkedHashMap<>();
    for (Map.Entry<String, Long> each : counts.entrySet()) {
      if (each.getValue() != 0) {
        came.put(each.getKey(), each.getValue());
      }
    }
    return came;
  }

  /** The label of the latest; empty for none. */
  public String last() {
    return last;
  }

  /** Says why this worker was woken. */
  void tell() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(welcome.decided() - welcome.asleepSince());
    if (welcome.descriptor().isEmpty()) {
      LOG.info("awake after {} s: {}", seconds, last);
    } else {
      LOG.info("awake after {} s: {} ({})", seconds, last, welcome.descriptor());
    }
  }

  /** What the next worker is to know. */
  void describe(State.Sleep.Builder to) {
    Map<String, Long> came = came();
    StructList.Builder<State.Wake.Builder> list = to.initWakes(came.size());
    int i = 0;
    for (Map.Entry<String, Long> each : came.entrySet()) {
      State.Wake.Builder wake = list.get(i++);
      wake.setCause(each.getKey());
      wake.setCount(each.getValue());
    }
    to.setLastWake(last);
  }
}
