package io.conmonj.monitor.pod;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.daemon.Service;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The ends of a pod: in order, without waiting, without a holder; and of its sessions alone, where
 * memory is lacking. Each as {@link Service} has it. Loop thread only.
 *
 * @param metricsPort empty where there is none
 * @param tracing empty where nothing is traced
 */
record Ending(
    EventLoop loop,
    Containers containers,
    PodNamespaces namespaces,
    FdSocket fdSocket,
    AttachSockets attachSockets,
    StreamingServer server,
    Optional<Channel> metricsPort,
    Optional<PodTracing> tracing,
    StateKeeper state) {

  /** Leaves the daemon's own limit room for the sessions to be told. */
  private static final Duration CONTAINERS_END = Duration.ofSeconds(7);

  CompletableFuture<Void> cutOff() {
    server.abort();
    return state.closeFile();
  }

  void relieve() {
    for (SessionInfo each : server.sessions()) {
      server.endSession(each.id(), "the monitor of this pod has run out of memory");
    }
  }

  void kill() {
    for (Container each : containers.all()) {
      each.kill();
    }
    namespaces.kill();
  }

  CompletableFuture<Void> shutDown() {
    return tracing.isPresent() ? tracing.get().end(this::endAll) : endAll();
  }

  private CompletableFuture<Void> endAll() {
    fdSocket.close();
    if (metricsPort.isPresent()) {
      var _ = metricsPort.get().close();
    }
    return containers
        .shutdown(CONTAINERS_END)
        .thenCompose(
            done ->
                CompletableFuture.allOf(attachSockets.close(), server.close(), namespaces.close()))
        // Not at once: who is told of a container's end comes before it is forgotten.
        .thenComposeAsync(done -> closeFile(), loop);
  }

  private CompletableFuture<Void> closeFile() {
    var _ = state.putNow();
    return state.closeFile();
  }
}
