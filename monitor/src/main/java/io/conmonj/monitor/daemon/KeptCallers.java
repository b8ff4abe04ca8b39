package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.state.Inheritance;
import java.util.Optional;

/**
 * Connections to the control socket that the worker before has left, each with nothing under way:
 * the holder keeps them while there is no worker, or another takes its place.
 */
public final class KeptCallers {
  private static final String NAME = "caller";

  private KeptCallers() {}

  /**
   * The name that the holder keeps one under.
   *
   * @param number from 0 on
   */
  public static String name(int number) {
    return NAME + number;
  }

  /** Whether something is kept under the name of one. */
  static boolean isOne(String name) {
    return name.startsWith(NAME);
  }

  /**
   * Goes on with them. They are kept no more then: while this worker is there, its end is theirs.
   *
   * @param control takes them as its own
   */
  static void goOn(Inheritance left, HolderLink link, PrivateSocket control) {
    // Of a worker that has died while it left them nobody knows what it has read.
    boolean good = link.welcome().asleepSince() != 0 || link.welcome().candidate();
    for (int i = 0; ; i++) {
      Optional<Fd> kept = left.take(name(i));
      if (kept.isEmpty()) {
        return;
      }
      link.withdraw(name(i));
      if (good) {
        control.handOn(kept.get());
      } else {
        kept.get().close();
      }
    }
  }
}
