package io.conmonj.monitor.container;

import io.conmonj.monitor.journal.LogField;
import io.conmonj.monitor.oci.ContainerStatus;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the runtime whether a container runs that is not this monitor's. Loop thread only. */
final class RunningElsewhere {
  private static final Logger LOG = LoggerFactory.getLogger(RunningElsewhere.class);

  private RunningElsewhere() {}

  /** See {@link Containers#runsElsewhere}. */
  static CompletableFuture<Boolean> ask(LaunchContext context, String id) {
    // Where its cgroup is the runtime has noted.
    boolean noSystemd = false;
    return context
        .runtime()
        .state(id, noSystemd, context.limits().runtime().delete())
        .thenApply(state -> state.isPresent() && state.get().pid() != ContainerStatus.ENDED)
        .exceptionally(
            failure -> {
              LOG.atWarn()
                  .addKeyValue(LogField.CONTAINER, id)
                  .setCause(failure)
                  .log("find out whether container {} runs", id);
              return false;
            });
  }
}
