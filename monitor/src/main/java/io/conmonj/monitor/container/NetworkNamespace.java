package io.conmonj.monitor.container;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.state.Keeping;
import java.io.IOException;
import java.util.Optional;

/**
 * The network namespace in which a container was created, held by a descriptor for as long as the
 * container runs. A process id would not do: it may be somebody else's when it is used. Loop thread
 * only.
 */
final class NetworkNamespace implements AutoCloseable {
  private final Fd held;
  private final KernelException missing;
  private Keeping keeping = Keeping.NONE;
  private String keptAs = "";

  private NetworkNamespace(Fd held, KernelException missing) {
    this.held = held;
    this.missing = missing;
  }

  /**
   * Opens the namespace of a process, which keeps its number at least until this thread reaps it.
   *
   * @param process the container's first one. If it has ended already there is nothing to open,
   *     which only matters to those who {@link #open} it
   */
  static NetworkNamespace of(ChildProcess process) {
    try {
      return new NetworkNamespace(OpenFile.forReading("/proc/" + process.pid() + "/ns/net"), null);
    } catch (KernelException refused) {
      return new NetworkNamespace(null, refused);
    }
  }

  /**
   * One that a worker before this one has opened.
   *
   * @param kept empty when that is lost
   */
  static NetworkNamespace kept(Optional<Fd> kept) {
    return kept.isPresent()
        ? new NetworkNamespace(kept.get(), null)
        : new NetworkNamespace(
            null, new KernelException(Errno.EBADF, "keep", "a network namespace"));
  }

  /** Keeps it for the worker after this one, until it is closed. */
  void keepIn(Keeping where, String name) {
    if (held != null && !held.closed()) {
      keeping = where;
      keptAs = name;
      where.deposit(name, held, WakeRule.NEVER);
    }
  }

  /**
   * A descriptor for the namespace, which the caller closes.
   *
   * @throws IOException when it could not be opened
   */
  Fd open() throws IOException {
    if (held == null) {
      throw new IOException("network namespace of container: " + missing.getMessage(), missing);
    }
    return Fcntl.duplicate(held);
  }

  /**
   * What it is now.
   *
   * @return empty when it could not be opened
   */
  Optional<KnownNetwork> known() {
    if (held == null) {
      return Optional.empty();
    }
    try {
      long before = System.nanoTime();
      return Optional.of(new KnownNetwork(FileStatus.of(held), before));
    } catch (KernelException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
      keeping.withdraw(keptAs);
    }
  }
}
