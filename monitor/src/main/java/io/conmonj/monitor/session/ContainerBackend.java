package io.conmonj.monitor.session;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.monitor.container.ContainerEndedException;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.container.ExecProcess;
import io.conmonj.monitor.container.ExecSpec;
import io.conmonj.monitor.container.ForeignContainers;
import io.conmonj.monitor.container.KnownNetwork;
import io.conmonj.monitor.container.NoSuchContainerException;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.tcp.TcpDialler;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Does the streaming server's work with the containers of this pod. Loop thread only. */
public final class ContainerBackend implements StreamingBackend {
  private final EventLoop loop;
  private final Containers containers;
  private final PodNamespaces namespaces;

  /**
   * @param loop everything happens on its thread
   * @param containers the pod's
   * @param namespaces those that were made here
   */
  public ContainerBackend(EventLoop loop, Containers containers, PodNamespaces namespaces) {
    this.loop = loop;
    this.containers = containers;
    this.namespaces = namespaces;
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    try {
      return new ExecSession(loop, commandsIn(request.target()), request, streams).run();
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  private Function<ExecSpec, ExecProcess> commandsIn(String container) throws IOException {
    try {
      return containers.running(container)::exec;
    } catch (NoSuchContainerException notHere) {
      ForeignContainers foreign = containers.foreign();
      foreign.checkPossible(container);
      return exec -> foreign.exec(container, exec);
    }
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    try {
      return new AttachSession(containers.running(request.target()), request.options(), streams)
          .run();
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
    return new TcpDialler(loop.netty(), network(request.target())).dial(port);
  }

  /** A target is the path of a network namespace, or a container, whose id is no path. */
  private PodNetwork network(String target) {
    return new PodNetwork(() -> target.startsWith("/") ? openPinned(target) : openOf(target));
  }

  private CompletableFuture<Fd> openOf(String container) throws IOException {
    try {
      return CompletableFuture.completedFuture(openOwn(container));
    } catch (NoSuchContainerException notHere) {
      return containers.foreign().openNetwork(container);
    }
  }

  /**
   * A container that has ended is not followed to its network by anything that may be another's by
   * now; but where that is the pod's, and pinned here, it is still there.
   */
  private Fd openOwn(String container) throws IOException {
    try {
      return containers.running(container).openNetwork();
    } catch (ContainerEndedException ended) {
      Optional<KnownNetwork> was = containers.network(container);
      if (was.isPresent()) {
        Optional<Fd> held = namespaces.openNetwork(was.get().file(), was.get().at());
        if (held.isPresent()) {
          return held.get();
        }
      }
      throw ended;
    }
  }

  private CompletableFuture<Fd> openPinned(String path) throws IOException {
    Optional<Fd> held = namespaces.openNetwork(path);
    return CompletableFuture.completedFuture(
        held.isPresent() ? held.get() : OpenFile.forReading(path));
  }
}
