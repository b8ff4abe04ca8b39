package io.conmonj.monitor.log;

/**
 * How much of something may be spent: so much for each second that passes, of which what one second
 * gives can be saved. More can be spent than there is, and has to be waited for afterwards.
 */
final class Allowance {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private double left;
  private long asOf;

  /**
   * @param perSecond 0 for any amount
   * @param now nanoseconds from any start, as in all calls
   */
  Allowance(long perSecond, long now) {
    this.perSecond = (double) perSecond;
    this.left = this.perSecond;
    this.asOf = now;
  }

  void spend(long amount, long now) {
    if (perSecond > 0) {
      double gained = (double) (now - asOf) * (perSecond / NANOS_PER_SECOND);
      left = Math.min(perSecond, left + gained) - (double) amount;
      asOf = now;
    }
  }

  /** How long it takes, from the last call of {@link #spend} on, until nothing is owed. */
  long nanosInDebt() {
    return left < 0 ? (long) Math.ceil(-left * NANOS_PER_SECOND / perSecond) : 0;
  }
}
