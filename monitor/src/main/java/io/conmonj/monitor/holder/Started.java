package io.conmonj.monitor.holder;

/**
 * What tells a child of the holder from any other, also when its number is another's.
 *
 * @param pid its number
 * @param start when it began, as in {@link HeldProcess}
 */
public record Started(int pid, long start) {
  /** By hand: what the compiler would have made is generated at run time, by each worker anew. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Started that && pid == that.pid && start == that.start;
  }

  @Override
  public int hashCode() {
    return 31 * pid + Long.hashCode(start);
  }
}
