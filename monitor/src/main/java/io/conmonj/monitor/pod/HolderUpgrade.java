package io.conmonj.monitor.pod;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the holder of this distribution take the place of the one that is there, in the same process,
 * once this worker has taken the place of another. It is asked first whether it can read what it
 * would be handed; if not, or if it cannot be executed, the one that is there goes on, which is
 * logged. Loop thread only.
 */
final class HolderUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger(HolderUpgrade.class);

  /** The property in which the launcher names it; absent when Java was started without it. */
  private static final String PROPERTY = "conmonj.holder";

  private static final ExitStatus YES = new ExitStatus.Exited(0);

  private final HolderLink link;
  private final Processes processes;

  HolderUpgrade(HolderLink link, Processes processes) {
    this.link = link;
    this.processes = processes;
  }

  /** Begins it, unless the holder of this distribution is there already. */
  void begin() {
    String program = System.getProperty(PROPERTY);
    if (program == null || isThere(program)) {
      return;
    }
    try {
      SpawnCommand question =
          SpawnCommand.program(program)
              .arguments(List.of("accepts", "" + link.welcome().records(), program));
      var _ =
          processes
              .start(question, ProcessKind.HELPER)
              .exited()
              .handle(
                  (status, lost) -> {
                    answered(program, status);
                    return null;
                  });
    } catch (KernelException refused) {
      stays(program, Reason.of(refused));
    }
  }

  private boolean isThere(String program) {
    try {
      Path there =
          Files.readSymbolicLink(Path.of("/proc", Integer.toString(link.welcome().pid()), "exe"));
      return there.equals(Path.of(program).toRealPath());
    } catch (IOException unreadable) {
      LOG.debug("look which holder is there", unreadable);
      return false;
    }
  }

  /** Null when how it ended is not known. */
  private void answered(String program, ExitStatus status) {
    if (!YES.equals(status)) {
      stays(program, "it cannot read what this one would hand it");
      return;
    }
    try {
      link.succession().replaceHolder(program);
      LOG.info("the holder is {} now", program);
    } catch (KernelException refused) {
      stays(program, Reason.of(refused));
    }
  }

  private static void stays(String program, String why) {
    LOG.warn("the holder stays the one that it is, and not {}: {}", program, why);
  }
}
