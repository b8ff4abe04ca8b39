package io.conmonj.monitor.oci;

import java.time.Duration;

/**
 * How long the runtime may take before it is killed, and how long its turn is waited for before
 * that ({@link RuntimeTurn}).
 *
 * @param create for {@code create}, which may pull in slow storage and hooks
 * @param exec for {@code exec -d}, which only starts a process
 * @param delete for {@code delete --force} after a failure, and for {@code state} before it
 */
public record RuntimeLimits(Duration create, Duration exec, Duration delete) {
  /** The kubelet gives a request to the container runtime two minutes in all. */
  public static final RuntimeLimits DEFAULT =
      new RuntimeLimits(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofSeconds(30));
}
