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
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.tcp.TcpDialler;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Does the streaming server's work with the containers of this pod. Loop thread only. */
public final class ContainerBackend implements StreamingBackend {
  /** Of {@link #freeze}. One that is left behind stays readable. */
  private static final int VERSION = 1;

  private final EventLoop loop;
  private final Containers containers;
  private final PodNamespaces namespaces;

  /** What has not ended, by its streams. */
  private final Map<SessionStreams, MovableSession> sessions = new HashMap<>();

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
      Function<ExecSpec, ExecProcess> commands = commandsIn(request.target());
      ExecSession session = ExecSession.of(request, streams, containers.movingExecs());
      return began(session, streams, session.run(loop, commands, request));
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  private CompletableFuture<Outcome> began(
      MovableSession session, SessionStreams streams, CompletableFuture<Outcome> outcome) {
    if (!outcome.isDone()) {
      sessions.put(streams, session);
      return outcome.whenComplete((done, failure) -> sessions.remove(streams));
    }
    return outcome;
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
      AttachSession session =
          new AttachSession(containers.running(request.target()), request.options(), streams);
      return began(session, streams, session.run(request.options().replayBytes()));
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  public Optional<byte[]> freeze(SessionStreams streams) throws CannotMoveException {
    MovableSession session = sessions.get(streams);
    if (session == null) {
      throw new CannotMoveException("a session begins or ends", true);
    }
    StateWriter out = new StateWriter();
    out.number(VERSION);
    session.freeze(out);
    return Optional.of(out.written());
  }

  @Override
  public CompletableFuture<Outcome> thaw(
      SessionKind kind, String target, byte[] frozen, SessionStreams streams) {
    StateReader in = new StateReader(frozen, Map.of());
    try {
      int version = in.number();
      if (version != VERSION) {
        throw new IOException("a session in version " + version + ", not known");
      }
      MovableSession session =
          kind == SessionKind.EXEC
              ? ExecSession.thaw(in, streams, containers.movingExecs())
              : AttachSession.thaw(in, containers.get(target), streams);
      return began(session, streams, session.goOn());
    } catch (IOException lost) {
      return CompletableFuture.failedFuture(lost);
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
