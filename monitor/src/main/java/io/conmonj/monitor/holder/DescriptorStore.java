package io.conmonj.monitor.holder;

import io.conmonj.kernel.Fd;
import java.io.IOException;

/**
 * Where descriptors are deposited that must outlive this worker: the holder keeps a copy of each
 * under its name, until it is withdrawn. Who owns a descriptor deposits and withdraws it. Loop
 * thread only.
 */
public interface DescriptorStore {
  /**
   * Keeps a copy of a descriptor; what was kept under that name before is closed.
   *
   * @param name 1 to 58 bytes of US-ASCII
   * @param fd stays the caller's
   * @throws IOException when it cannot be kept, with the reason; nothing has changed then
   */
  void deposit(String name, Fd fd, WakeRule rule) throws IOException;

  /** Closes the copy that is kept under that name, if there is one. Never fails: it is logged. */
  void withdraw(String name);

  /** Many deposits and withdrawals. */
  @FunctionalInterface
  interface Batch {
    /** Asks for all of them; may throw what they throw. */
    void run() throws IOException;
  }

  /**
   * Makes many deposits and withdrawals, and waits once for all of them: a deposit within it that
   * is refused throws nothing itself.
   *
   * @throws IOException what the batch has thrown, or the first refusal of a deposit; all others
   *     are kept
   */
  default void together(Batch batch) throws IOException {
    batch.run();
  }
}
