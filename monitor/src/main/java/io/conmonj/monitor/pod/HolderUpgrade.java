package io.conmonj.monitor.pod;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Reason;
import io.conmonj.kernel.Signal;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.holder.SpawnCommand;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.oci.ChildProcess;
import io.conmonj.monitor.oci.ProcessKind;
import io.conmonj.monitor.oci.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the holder of another distribution take the place of the one that is there, in the same
 * process, once that distribution's worker has. It is asked whether it can read what it would be
 * handed: by the worker before, which tells who wanted the upgrade, and by its own, which replaces
 * it. If it cannot, or cannot be executed, the one that is there goes on. Loop thread only.
 */
final class HolderUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger(HolderUpgrade.class);

  /** The property in which the launcher names it; absent when Java was started without it. */
  private static final String PROPERTY = "conmonj.holder";

  /** How long it may take to answer, which takes it a few milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final ExitStatus YES = new ExitStatus.Exited(0);

  private final EventLoop loop;
  private final HolderLink link;
  private final Processes processes;

  HolderUpgrade(EventLoop loop, HolderLink link, Processes processes) {
    this.loop = loop;
    this.link = link;
    this.processes = processes;
  }

  /** Begins it, unless the holder of this distribution is there already. */
  void begin() {
    String program = System.getProperty(PROPERTY);
    if (program == null || isThere(program)) {
      return;
    }
    var _ =
        ask(program)
            .thenAccept(
                because -> {
                  if (because.isEmpty()) {
                    replace(program);
                  } else {
                    stays(program, because.get());
                  }
                });
  }

  /**
   * Finds out whether a holder could take the place of the one that is there.
   *
   * @param program absolute
   * @return completes with why not, in words for an operator; empty when it could, or is there
   */
  CompletableFuture<Optional<String>> staysBecause(String program) {
    return isThere(program) ? CompletableFuture.completedFuture(Optional.empty()) : ask(program);
  }

  private CompletableFuture<Optional<String>> ask(String program) {
    try {
      ChildProcess question =
          processes.start(
              SpawnCommand.program(program)
                  .arguments(List.of("accepts", "" + link.welcome().records(), program))
                  .ownProcessGroup(),
              ProcessKind.HELPER);
      Duty deadline = loop.duty(() -> question.signalGroup(Signal.KILL));
      deadline.dueAfter(PATIENCE);
      return question
          .exited()
          .handle(
              (status, lost) -> {
                deadline.cancel();
                return YES.equals(status)
                    ? Optional.empty()
                    : Optional.of("it cannot read what this one would hand it");
              });
    } catch (KernelException refused) {
      return CompletableFuture.completedFuture(Optional.of(Reason.of(refused)));
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

  private void replace(String program) {
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
