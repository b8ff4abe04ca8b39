package io.conmonj.monitor.pod;

import io.conmonj.kernel.Subreaper;
import io.conmonj.kernel.Umask;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.LastingNamespaces;
import io.conmonj.monitor.namespace.NamespacesRequest;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.util.OptionalInt;

/** Makes namespaces for a pod without a monitor: the program's subcommand {@code pause}. */
public final class Pause {
  private static final int UMASK = 0022;

  private Pause() {}

  /**
   * Makes them. They are there when this returns, and until a signal ends the process that stays in
   * them; this one does not have to live for that. To be called by the process's only thread that
   * starts others.
   *
   * @throws IOException naming the step that failed; nothing is left of them then
   */
  public static void run(NamespacesRequest request) throws IOException {
    Umask.set(UMASK);
    // The process that stays may be a child of one that ends.
    Subreaper.set(true);
    try (EventLoop loop = new EventLoop()) {
      OptionalInt oomScoreAsOurs = OptionalInt.empty();
      LastingNamespaces.make(loop, new Processes(loop, oomScoreAsOurs), request);
    }
  }
}
