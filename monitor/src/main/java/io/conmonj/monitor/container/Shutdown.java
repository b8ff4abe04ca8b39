package io.conmonj.monitor.container;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.observe.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills what is there and waits for its end, but not for ever. Loop thread only. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final LaunchContext context;

  Shutdown(LaunchContext context) {
    this.context = context;
  }

  CompletableFuture<Void> run(
      Collection<Creation> creations,
      Collection<Container> containers,
      Collection<Orphan> orphans,
      Collection<ExecProcess> execs,
      Duration limit) {
    List<CompletableFuture<?>> ends = new ArrayList<>();
    ends.add(context.exits().end());
    for (Creation creation : List.copyOf(creations)) {
      creation.abort("the monitor is stopping");
      ends.add(creation.over());
    }
    for (ExecProcess exec : execs) {
      exec.kill();
      ends.add(exec.finished().handle((code, failure) -> null));
    }
    Optional<Span> span = context.span();
    for (Container container : containers) {
      if (span.isPresent()) {
        trace(span.get(), container);
      }
      container.kill();
      ends.add(container.exited());
    }
    for (Orphan orphan : orphans) {
      orphan.kill();
      ends.add(orphan.over());
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    Duty deadline =
        context
            .loop()
            .duty(
                () -> {
                  result.complete(null);
                  LOG.warn("containers have not ended within {}", limit);
                });
    deadline.dueAfter(limit);
    var _ =
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
            .thenRun(() -> result.complete(null));
    return result.thenRun(deadline::cancel);
  }

  private static void trace(Span span, Container container) {
    Span killed = span.child("kill_grandchild");
    killed.attribute("pid", container.pid());
    var _ = container.exited().thenRun(killed::end);
  }
}
