package io.conmonj.monitor.control;

import io.conmonj.monitor.upgrade.Upgraded;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who can have another build's worker take the place of this one. Loop thread only. */
public interface UpgradeOrder {
  /**
   * Begins it.
   *
   * @param directory of the other distribution, absolute; empty for that of the launcher that the
   *     monitor was started by, or of the one named here last, wherever its path leads now
   * @return completes just before this process ends; fails with the reason when it goes on
   */
  CompletableFuture<Upgraded> give(Optional<Path> directory);
}
