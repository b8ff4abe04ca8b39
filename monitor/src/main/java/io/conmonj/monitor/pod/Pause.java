package io.conmonj.monitor.pod;

import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.daemon.HolderSocket;
import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.LastingNamespaces;
import io.conmonj.monitor.namespace.NamespacesRequest;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes namespaces for a pod without a monitor: the program's subcommand {@code pause}. Its holder
 * ends with it, and what it leaves are children of whoever adopts orphans.
 *
 * <p>It never says that it is ready, for the launcher is to wait for its end. So the holder does
 * not tell it of the ends of processes, and it looks for them.
 */
public final class Pause {
  private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

  /** How often; all of it takes some hundredths of a second. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  private static final int FAILED = 1;

  private final HolderLink link;
  private final Processes processes;
  private final Duty look;

  private Pause(EventLoop loop, HolderLink link) {
    this.link = link;
    this.processes = new Processes(loop, link);
    this.look = loop.duty(this::lookForEnds);
  }

  /**
   * Makes them. They are there when this returns, and until a signal ends the process that stays in
   * them; this one does not have to live for that.
   *
   * @throws IOException naming the step that failed; nothing is left of them then
   */
  public static void run(NamespacesRequest request) throws IOException {
    try (HolderLink link = HolderSocket.greet();
        EventLoop loop = new EventLoop()) {
      run(link, loop, request);
    }
  }

  /** The same, as a certain worker. */
  static void run(HolderLink link, EventLoop loop, NamespacesRequest request) throws IOException {
    Pause pause = new Pause(loop, link);
    pause.look.due();
    LastingNamespaces.make(loop, pause.processes, request);
    pause.look.cancel();
  }

  private void lookForEnds() {
    try {
      for (HeldProcess each : link.list()) {
        if (!each.running()) {
          processes.exited(each);
        }
      }
    } catch (KernelException gone) {
      LOG.error("the process that holds this one is gone", gone);
      // All that is left to do only that one could do.
      Runtime.getRuntime().halt(FAILED);
    }
    look.dueAfter(LOOK_EVERY);
  }
}
