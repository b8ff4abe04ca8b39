package io.conmonj.streaming;

/**
 * How much memory the sessions of a server may hold, in bytes. What is counted is what is kept
 * alive, so a slice of one byte counts as the whole buffer that it is a part of.
 *
 * @param sessions all of them together, for what is on its way through them
 * @param each one of them, however much is free
 * @param assured one of them in each direction, however little is free; so that the modest go on
 *     beside the greedy, and what is said on beside what nobody takes
 * @param compression all of them together, for the state of SPDY's header compression, which is
 *     outside the Java heap
 * @param pairs all of them together, for the objects of forwarded connections, in the Java heap
 * @param requests what waits behind URLs that have not been redeemed: commands and environments
 */
public record MemoryLimits(
    long sessions, long each, long assured, long compression, long pairs, long requests) {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /**
   * Within what a small virtual machine has. A single session never feels the bounds: it holds a
   * few times 64 KiB, what one read of a pipe or socket brings. Requests lie in the Java heap.
   */
  public static final MemoryLimits DEFAULT =
      new MemoryLimits(12 * MIB, 2 * MIB, 8 * KIB, 24 * MIB, 2 * MIB, 4 * MIB);

  /**
   * @throws IllegalArgumentException if one is not positive, or one session may hold more than all
   */
  public MemoryLimits {
    if (assured <= 0
        || compression <= 0
        || pairs <= 0
        || requests <= 0
        || each < assured
        || sessions < each) {
      throw new IllegalArgumentException("memory limits that cannot be kept: " + sessions);
    }
  }
}
