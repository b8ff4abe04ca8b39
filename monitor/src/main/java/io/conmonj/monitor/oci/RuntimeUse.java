package io.conmonj.monitor.oci;

/**
 * What the runtime is called for, with how many runs there may be of it at a time. Of {@link
 * RuntimeTurns#MOST_AT_ONCE} runs in all the sum of the first two leaves a place for each.
 */
public enum RuntimeUse {
  /** A container is made, which may take minutes: slow storage, hooks. */
  CREATE(4),

  /** A further process is started, perhaps a probe that somebody waits for. */
  EXEC(6),

  /** What is left of a failed create is looked at or removed, so that its id is free again. */
  CLEAN_UP(RuntimeTurns.MOST_AT_ONCE);

  private final int most;

  RuntimeUse(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }
}
