package io.conmonj.monitor.log;

import java.time.Instant;

/**
 * Times as the records have them: nanoseconds since 1970-01-01T00:00Z in 63 bits, which is up to
 * the year 2262. A clock that is set beyond either end is taken to be at that end, so that what it
 * gives is always a time, if a wrong one.
 */
final class CriTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long LAST_SECOND = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

  private CriTime() {}

  /** The time of a clock. */
  static long of(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < 0) {
      return 0;
    }
    return second > LAST_SECOND ? Long.MAX_VALUE : second * NANOS_PER_SECOND + instant.getNano();
  }

  /** A time that comes so many nanoseconds after another. */
  static long later(long time, long nanos) {
    return nanos > Long.MAX_VALUE - time ? Long.MAX_VALUE : time + nanos;
  }
}
