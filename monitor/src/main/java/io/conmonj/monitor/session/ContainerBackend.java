package io.conmonj.monitor.session;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.monitor.container.Containers;
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
      return new ExecSession(loop, containers.running(request.target()), request, streams).run();
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
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
    try {
      return new TcpDialler(loop.netty(), network(request.target())).dial(port);
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  /** A target is the path of a network namespace, or a container, whose id is no path. */
  private PodNetwork network(String target) throws IOException {
    if (target.startsWith("/")) {
      return new PodNetwork(() -> openPinned(target));
    }
    return new PodNetwork(containers.running(target)::openNetwork);
  }

  private Fd openPinned(String path) throws IOException {
    Optional<Fd> held = namespaces.openNetwork(path);
    return held.isPresent() ? held.get() : OpenFile.forReading(path);
  }
}
