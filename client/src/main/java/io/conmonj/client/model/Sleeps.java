package io.conmonj.client.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a monitor had slept until it was asked, for which it was awake. No part is ever null.
 *
 * @param times how often; 0 also where the monitor is too old to tell
 * @param inAll for how long
 * @param wokenBy what has ended those sleeps, as far as that is known; without what never did
 * @param lastWokenBy the cause of the latest wake-up; empty for none
 */
public record Sleeps(long times, Duration inAll, List<WakeCount> wokenBy, String lastWokenBy) {
  /** Of a monitor that has not slept yet, or does not tell. */
  public static final Sleeps NONE = new Sleeps(0, Duration.ZERO, List.of(), "");

  /** Copies the list. */
  public Sleeps {
    Objects.requireNonNull(inAll);
    Objects.requireNonNull(lastWokenBy);
    wokenBy = List.copyOf(wokenBy);
  }
}
