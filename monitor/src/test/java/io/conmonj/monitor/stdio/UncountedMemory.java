package io.conmonj.monitor.stdio;

import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.UnpooledByteBufAllocator;

/** For tests: what takes memory that no account has a limit for. */
public final class UncountedMemory {
  private UncountedMemory() {}

  /** An account without limit. */
  public static MemoryAccount account() {
    return MemoryAccount.of(UnpooledByteBufAllocator.DEFAULT);
  }

  /** A hub that keeps so many bytes for those who come later. */
  public static OutputHub hub(int replayBytes) {
    return new OutputHub(replayBytes, account(), new Followers(account()));
  }

  /** A buffer to read into. */
  public static ReadBuffer buffer() {
    return new ReadBuffer(account());
  }
}
