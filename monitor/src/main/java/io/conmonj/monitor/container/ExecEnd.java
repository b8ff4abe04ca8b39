package io.conmonj.monitor.container;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.oci.ProcessGroup;
import io.conmonj.monitor.stdio.Drain;
import io.conmonj.monitor.stdio.PipeWriter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an {@link ExecProcess}: first that of the process, then that of its output, which
 * other processes may hold. Loop thread only.
 */
final class ExecEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ExecEnd.class);

  private final LaunchContext context;
  private final String container;
  private final Duty grace;
  private final CompletableFuture<Integer> exited = new CompletableFuture<>();
  private final CompletableFuture<Integer> finished = new CompletableFuture<>();
  private final Duty lookAtEnd;

  /** Null until it runs. */
  private Launched running;

  /** Null until the process has ended. */
  private Drain drain;

  private long exitedAt;

  /**
   * @param container the id of that which it runs in
   * @param grace has no purpose any more once the process has ended: it is cancelled then
   */
  ExecEnd(LaunchContext context, String container, Duty grace) {
    this.context = context;
    this.container = container;
    this.grace = grace;
    this.lookAtEnd = context.loop().duty(this::lookAtEnd);
  }

  /**
   * Waits for it from now on.
   *
   * @param launched may be given again, where this has thrown for want of memory
   */
  void await(Launched launched) {
    running = launched;
    lookAtEnd.perform();
  }

  /** There will be no process whose end could come. */
  void failed(IOException reason) {
    exited.completeExceptionally(reason);
    finished.completeExceptionally(reason);
  }

  /** As {@link ExecProcess#exited}. */
  CompletableFuture<Integer> exited() {
    return exited;
  }

  /** As {@link ExecProcess#finished}. */
  CompletableFuture<Integer> finished() {
    return finished;
  }

  /** As {@link ExecProcess#killLeftovers}. */
  void killLeftovers() {
    if (drain != null && !finished.isDone()) {
      int group = running.process().pid();
      long ended = exitedAt;
      var _ =
          context
              .loop()
              .offload("exec-leftovers", () -> ProcessGroup.killLeftovers(group, ended))
              .whenComplete(
                  (found, failure) -> {
                    if (failure != null) {
                      LOG.atWarn()
                          .addKeyValue(LogField.CONTAINER, container)
                          .setCause(failure)
                          .log("kill what process {} has left behind", group);
                    }
                  });
    }
  }

  /** As {@link ExecProcess#giveUpOutput}. */
  void giveUpOutput() {
    if (drain != null) {
      drain.giveUp();
    }
  }

  // Done again when it throws for want of memory: whoever started the process waits for its end.
  private void lookAtEnd() {
    CompletableFuture<ExitStatus> end = running.process().exited();
    if (!end.isDone()) {
      lookAtEnd.dueWhen(end);
      return;
    }
    grace.cancel();
    int code =
        end.isCompletedExceptionally() ? ExecSyncResult.STATUS_LOST : end.resultNow().toCode();
    if (!exited.isDone()) {
      exitedAt = System.nanoTime();
      exited.complete(code);
    }
    ProcessStreams streams = running.streams();
    streams.stdin().ifPresent(PipeWriter::close);
    if (drain == null) {
      drain = new Drain(context.loop(), context.limits().execDrain(), streams.readers());
    }
    drain.start();
    if (drain.done().isDone()) {
      onDrained(drain.done().resultNow(), code);
    } else {
      lookAtEnd.dueWhen(drain.done());
    }
  }

  private void onDrained(boolean complete, int code) {
    if (!complete) {
      LOG.atInfo()
          .addKeyValue(LogField.CONTAINER, container)
          .log(
              "output of process {} is held by another one: the rest is dropped",
              running.process().pid());
    }
    finished.complete(code);
  }
}
