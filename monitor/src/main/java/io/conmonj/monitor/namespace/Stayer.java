package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Fd;
import java.util.List;
import java.util.Map;

/**
 * The program that stays in the namespaces, once all of them are made.
 *
 * @param name as in {@code /proc/PID/comm}
 * @param command the program and its arguments; looked for in PATH
 * @param descriptors what it gets beside the standard ones; the caller's to close
 */
record Stayer(String name, List<String> command, Map<Integer, Fd> descriptors) {
  /** The smallest that every node has; a signal does not end it where it is the first process. */
  static final Stayer SLEEP = new Stayer("sleep", List.of("sleep", "infinity"), Map.of());

  private static final int NEVER_WRITTEN_TO = 3;
  private static final int WRITES_TO_IT = 4;
  private static final int HELD = 5;

  /**
   * One that SIGTERM, SIGINT and SIGQUIT end, also where it is the first process of a PID
   * namespace, which the kernel spares signals that it has no handler for.
   *
   * @param quiet the end to read of a pipe to which nobody writes
   * @param quietWriter the other end of that
   * @param held one that is open for as long as it lives
   */
  static Stayer untilSignal(Fd quiet, Fd quietWriter, Fd held) {
    return new Stayer(
        "sh",
        List.of("sh", "-c", "trap exit TERM INT QUIT; read -r _ <&" + NEVER_WRITTEN_TO),
        Map.of(NEVER_WRITTEN_TO, quiet, WRITES_TO_IT, quietWriter, HELD, held));
  }
}
