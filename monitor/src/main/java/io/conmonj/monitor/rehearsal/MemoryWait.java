package io.conmonj.monitor.rehearsal;

/** What is never given up for want of memory, but waits for some. Loop thread only. */
@FunctionalInterface
interface MemoryWait {
  /** Whether it waits now. */
  boolean isStarved();
}
