package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.loop.Duty;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The start of an {@link ExecProcess}, from when its request is waited for until it runs, or is
 * refused. Loop thread only.
 */
final class ExecStart {
  /** Is told how it came out. */
  interface Listener {
    /** The process runs. Called again where this has thrown for want of memory. */
    void launched(Launched process);

    /** It does not run, and will not. */
    void refused(IOException reason);
  }

  private final LaunchContext context;
  private final Listener listener;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Duty lookAtRequest;
  private final Duty lookAtLaunch;
  private CompletableFuture<LaunchRequest> requested;
  private CompletableFuture<Launched> launching;

  /** Null until the request is there. */
  private Launch launch;

  private boolean killed;

  ExecStart(LaunchContext context, Listener listener) {
    this.context = context;
    this.listener = listener;
    this.lookAtRequest = context.loop().duty(this::lookAtRequest);
    this.lookAtLaunch = context.loop().duty(this::lookAtLaunch);
  }

  /** As {@link ExecProcess#startWhen}. */
  void when(CompletableFuture<LaunchRequest> known) {
    requested = known;
    lookAtRequest.perform();
  }

  /** There is nothing to do: another worker has started it. */
  void isPast() {
    begun.complete(null);
  }

  /** As {@link ExecProcess#begun}. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /** Has it not started; the runtime is killed if it was called. */
  void abort() {
    killed = true;
    if (launch != null) {
      launch.abort("killed");
    }
  }

  // Each of these is done again when it throws for want of memory: whoever started the process
  // waits for its end.
  private void lookAtRequest() {
    if (!requested.isDone()) {
      lookAtRequest.dueWhen(requested);
    } else if (requested.isCompletedExceptionally()) {
      refuse(requested.exceptionNow());
    } else if (launch == null) {
      launch(requested.resultNow());
    }
  }

  private void launch(LaunchRequest request) {
    try {
      if (killed) {
        throw new IOException("start process: killed");
      }
      Launch next = new Launch(context, request);
      var _ = next.begun().thenRun(() -> begun.complete(null));
      launch = next;
    } catch (IOException | Error failed) {
      request.additionalFds().forEach(Fd::close);
      refuse(failed);
      return;
    }
    launching = launch.start();
    lookAtLaunch.perform();
  }

  private void lookAtLaunch() {
    if (!launching.isDone()) {
      lookAtLaunch.dueWhen(launching);
    } else if (launching.isCompletedExceptionally()) {
      refuse(launching.exceptionNow());
    } else {
      listener.launched(launching.resultNow());
    }
  }

  private void refuse(Throwable failure) {
    listener.refused(
        failure instanceof IOException reason
            ? reason
            : new IOException("start process: " + failure.getMessage(), failure));
  }
}
