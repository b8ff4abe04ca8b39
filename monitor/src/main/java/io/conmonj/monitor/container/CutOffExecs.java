package io.conmonj.monitor.container;

import io.conmonj.kernel.Signal;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.ProcessKind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that the runtime had made in containers when the worker before this one died, and that
 * it had not taken over: their clients are gone, and nobody would ever end them. Loop thread only.
 */
final class CutOffExecs {
  private static final Logger LOG = LoggerFactory.getLogger(CutOffExecs.class);

  private final LaunchContext context;
  private final ExecPidFiles pidFiles;
  private final CompletableFuture<Void> runtimesOver;
  private final Duty look;

  /** Null before they are looked for. */
  private CompletableFuture<List<ExecPidFiles.Stranded>> found;

  /**
   * @param runtimesOver completes when no runtime of that worker runs any more
   */
  CutOffExecs(LaunchContext context, ExecPidFiles pidFiles, CompletableFuture<Void> runtimesOver) {
    this.context = context;
    this.pidFiles = pidFiles;
    this.runtimesOver = runtimesOver;
    this.look = context.loop().duty(this::look);
  }

  /** Finds them and kills them, when that is possible. */
  void end() {
    look.perform();
  }

  private void look() {
    if (!runtimesOver.isDone()) {
      look.dueWhen(runtimesOver);
      return;
    }
    if (found == null) {
      found = context.loop().offload("cut-off-execs", pidFiles::takeOthers);
    }
    if (!found.isDone()) {
      look.dueWhen(found);
    } else if (found.isCompletedExceptionally()) {
      LOG.warn("commands of the worker before are not looked for", found.exceptionNow());
    } else {
      found.resultNow().forEach(this::kill);
    }
  }

  private void kill(ExecPidFiles.Stranded process) {
    try {
      context
          .processes()
          .claim(process.pid(), process.notBefore(), ProcessKind.EXEC)
          .signalGroup(Signal.KILL);
      LOG.info("process {} was run by a worker that has died: killed", process.pid());
    } catch (IOException ended) {
      LOG.debug("process {} has ended with the worker that ran it", process.pid(), ended);
    }
  }
}
