package io.conmonj.streaming.memory;

import java.util.List;

/** For tests: accounts whose buffers cannot be had. */
public final class Probes {
  private Probes() {}

  /** Has somebody asked before each buffer of these accounts, who may throw. */
  public static void set(List<MemoryAccount> accounts, Runnable probe) {
    for (MemoryAccount each : accounts) {
      each.probe(probe);
    }
  }
}
