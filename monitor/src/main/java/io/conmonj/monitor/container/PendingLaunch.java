package io.conmonj.monitor.container;

import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.schema.State;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A container that the runtime may be making: should the worker die meanwhile, the next one knows
 * what to remove.
 *
 * @param number its serial number
 * @param began the time of day, not later than when the runtime was called
 */
record PendingLaunch(long number, CreateArguments runtime, Instant began) {

  void writeTo(State.Launch.Builder to) {
    to.setNumber(number);
    RuntimeArguments.write(runtime, to.initRuntime());
    to.setBeganNanos(TimeUnit.SECONDS.toNanos(began.getEpochSecond()) + began.getNano());
  }

  static PendingLaunch of(State.Launch.Reader from) {
    return new PendingLaunch(
        from.getNumber(),
        RuntimeArguments.of(from.getRuntime()),
        Instant.EPOCH.plusNanos(from.getBeganNanos()));
  }
}
