package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.ContainersFixture;
import io.conmonj.monitor.container.CreateContainer;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Handover;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** For tests: containers of the real runc, and their attach sockets. */
final class AttachBed {
  /** Of viewers, so that a test can have one too many. */
  static final int MOST_CLIENTS = 4;

  final ContainersFixture pod;
  final AttachSockets sockets;
  final StreamingServer server;
  private final Path directory;
  private final Duration closeWait;

  AttachBed(Path directory) throws Exception {
    this(directory, Duration.ofMinutes(1));
  }

  AttachBed(Path directory, Duration closeWait) throws Exception {
    this(directory, closeWait, ContainersFixture.withRunc(directory));
  }

  /** With sockets that leave with a holder what they have. */
  AttachBed(Path directory, Handover handover) throws Exception {
    this(
        directory,
        Duration.ofMinutes(1),
        ContainersFixture.withRunc(directory),
        Optional.of(handover));
  }

  /** With a pod that is this one's to close. */
  AttachBed(Path directory, Duration closeWait, ContainersFixture pod) throws Exception {
    this(directory, closeWait, pod, Optional.empty());
  }

  private AttachBed(
      Path directory, Duration closeWait, ContainersFixture pod, Optional<Handover> handover)
      throws Exception {
    this.closeWait = closeWait;
    this.directory = directory;
    this.pod = pod;
    StreamingLimits limits =
        StreamingLimits.DEFAULT.withSessions(new SessionLimits(10, 10, MOST_CLIENTS, 10));
    server =
        pod.thread.call(
            () ->
                new StreamingServer(
                    pod.loop.netty(),
                    EpollServerSocketChannel::new,
                    StreamingConfig.DEFAULT.withLimits(limits),
                    new NoBackend()));
    sockets =
        pod.thread.call(
            () ->
                sockets(
                    pod.loop,
                    handover.isPresent() ? handover.get().keeping(pod.loop) : Keeping.NONE));
  }

  /** Attach sockets of another worker, on its loop. */
  AttachSockets sockets(EventLoop loop, Keeping keeping) {
    return new AttachSockets(loop, server, closeWait, Optional.empty(), keeping);
  }

  /** Where sockets may be; the directory is not there yet. */
  Path path(String name) {
    return directory.resolve("sockets").resolve(name);
  }

  /** Created, not started. */
  Container created(boolean terminal, String... command) throws Exception {
    return pod.create(pod.spec(terminal, true, command));
  }

  /** Running, with input. */
  Container running(boolean terminal, String... command) throws Exception {
    return pod.run(pod.spec(terminal, true, command));
  }

  /** Running, with input whose end is that of the first client, as its bundle says. */
  Container runningOnce(String... command) throws Exception {
    CreateContainer spec = pod.spec(false, true, command);
    Path config = Path.of(spec.arguments().bundle(), "config.json");
    String annotations =
        "{\"annotations\": {\"io.kubernetes.cri-o.Stdin\": \"true\","
            + " \"io.kubernetes.cri-o.StdinOnce\": \"true\"},";
    Files.writeString(config, Files.readString(config).replaceFirst("\\{", annotations));
    Container container = pod.run(spec);
    PacketClient.await("what the bundle says", () -> call(container::stdinOnce));
    return container;
  }

  /** Asks for a socket. */
  void open(Container container, Path path, boolean stopAfterInput) throws Exception {
    pod.thread.await(() -> sockets.open(container, path.toString(), stopAfterInput));
  }

  /** A client of a socket of the container's own. */
  PacketClient attach(Container container) throws Exception {
    Path path = path(container.id());
    open(container, path, false);
    return connect(path);
  }

  /** A client that the monitor has seen. */
  PacketClient connect(Path path) throws Exception {
    // Not by their number: one of them may end meanwhile.
    List<Long> before = ids();
    PacketClient client = PacketClient.connect(path);
    PacketClient.await("the session", () -> !before.containsAll(ids()));
    return client;
  }

  private List<Long> ids() {
    return sessions().stream().map(SessionInfo::id).toList();
  }

  List<SessionInfo> sessions() {
    return call(server::sessions);
  }

  <T> T call(Callable<T> work) {
    try {
      return pod.thread.call(work);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** Ends all, and sees that nothing is left. */
  void close() throws Exception {
    pod.thread.await(sockets::close);
    pod.thread.await(server::close);
    assertThat(sessions()).isEmpty();
    pod.close();
  }

  private static final class NoBackend implements StreamingBackend {
    @Override
    public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
      return CompletableFuture.failedFuture(new IOException("not here"));
    }

    @Override
    public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
      return CompletableFuture.failedFuture(new IOException("not here"));
    }
  }
}
