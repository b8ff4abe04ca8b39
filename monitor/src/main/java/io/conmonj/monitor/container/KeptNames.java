package io.conmonj.monitor.container;

import io.conmonj.monitor.state.Keeping;
import java.util.List;

/** Under which names the descriptors of containers are kept for the worker after this one. */
final class KeptNames {
  static final String STDIN = ".in";
  static final String STDOUT = ".out";
  static final String STDERR = ".err";
  static final String TERMINAL = ".tty";
  static final String NETWORK = ".net";

  /** Of a container's standard streams, of which it has some. */
  static final List<String> STREAMS = List.of(STDIN, STDOUT, STDERR, TERMINAL);

  /** Of the memories of its logs; their number follows. */
  static final String LOG = ".log";

  /** Of descriptors that are held for the container's creator; their number follows. */
  static final String LEAKED = ".leak";

  private static final String PREFIX = "c";
  private static final String EXEC_PREFIX = "x";

  private static final String ORPHAN = "orphan";

  private KeptNames() {}

  /** What the names of a container begin with. */
  static String prefix(long number) {
    return PREFIX + number;
  }

  /** Of the handle on the process of a container whose monitor was killed. */
  static String orphan(long number) {
    return ORPHAN + number;
  }

  /** What the names of a further process begin with. */
  static String execPrefix(int number) {
    return EXEC_PREFIX + number;
  }

  /** Whether that can be a container's. */
  static boolean isOfContainer(String name) {
    return isNumbered(PREFIX, name);
  }

  /** Whether that can be a further process's. */
  static boolean isOfExec(String name) {
    return isNumbered(EXEC_PREFIX, name);
  }

  private static boolean isNumbered(String prefix, String name) {
    return name.length() > prefix.length()
        && name.startsWith(prefix)
        && Character.isDigit(name.charAt(prefix.length()));
  }

  /** Has the streams of a process kept no more, whichever of them were. */
  static void withdrawStreams(Keeping keeping, String prefix) {
    STREAMS.forEach(part -> keeping.withdraw(prefix + part));
  }
}
