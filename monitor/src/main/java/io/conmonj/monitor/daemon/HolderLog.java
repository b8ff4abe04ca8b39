package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.LentFd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.StandardStreams;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.journal.SystemdDestination;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the holder say what it has to say, which is little and always of a worker that died, where
 * this process logs, and as a warning.
 */
final class HolderLog {
  private static final Logger LOG = LoggerFactory.getLogger(HolderLog.class);

  /** As whose messages they are shown. */
  private static final String LOGGER = "holder";

  /** syslog(3): a warning. */
  private static final String PRIORITY = "4";

  private HolderLog() {}

  /** Never fails: it is logged then, and the holder says it to nobody. */
  static void direct(HolderLink link, DaemonOptions options) {
    String pod = OwnLog.pod(options.runtimeDirectory());
    try (Fd where = open(options)) {
      link.logTo(prefix(options, pod), Optional.of(where));
    } catch (KernelException | IllegalArgumentException refused) {
      LOG.debug("the holder cannot log", refused);
    }
  }

  private static Fd open(DaemonOptions options) throws KernelException {
    return switch (options.logDestination()) {
      case NONE -> OpenFile.forWriting("/dev/null");
      case SYSTEMD -> UnixSocket.connect(SocketType.DATAGRAM, SystemdDestination.SOCKET);
      case STDOUT -> {
        try (LentFd standard = LentFd.of(StandardStreams.OUTPUT)) {
          yield Fcntl.duplicate(standard.fd());
        }
      }
    };
  }

  private static String prefix(DaemonOptions options, String pod) {
    return switch (options.logDestination()) {
      case NONE -> "";
      case STDOUT -> "WARN " + LOGGER + (pod.isEmpty() ? ": " : " [" + pod + "]: ");
      case SYSTEMD ->
          "PRIORITY="
              + PRIORITY
              + "\nSYSLOG_IDENTIFIER="
              + options.name()
              + "\nLOGGER="
              + LOGGER
              + (pod.isEmpty() ? "" : "\nPOD_ID=" + pod)
              + "\nMESSAGE=";
    };
  }
}
