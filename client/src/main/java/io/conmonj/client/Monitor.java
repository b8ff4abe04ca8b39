package io.conmonj.client;

import io.conmonj.client.control.ControlConnection;
import io.conmonj.client.control.CreateContainerCall;
import io.conmonj.client.control.CreateNamespacesCall;
import io.conmonj.client.control.EndSessionCall;
import io.conmonj.client.control.ExecSyncCall;
import io.conmonj.client.control.ListSessionsCall;
import io.conmonj.client.control.ReopenLogCall;
import io.conmonj.client.control.ServeAttachCall;
import io.conmonj.client.control.ServeExecCall;
import io.conmonj.client.control.ServePortForwardCall;
import io.conmonj.client.control.ServerInfoCall;
import io.conmonj.client.control.SetWindowSizeCall;
import io.conmonj.client.control.SleepCall;
import io.conmonj.client.control.StartFdSocketCall;
import io.conmonj.client.control.UpgradeCall;
import io.conmonj.client.control.VersionCall;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.model.CreateNamespacesRequest;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.ListedSession;
import io.conmonj.client.model.PinnedNamespace;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.model.UpgradeResult;
import io.conmonj.client.model.VersionInfo;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to a monitor.
 *
 * <pre>{@code
 * try (ClientLoop loop = new ClientLoop();
 *     Monitor monitor = Monitor.startOrJoin(loop, options)) {
 *   Replies.await(monitor.createContainer(CreateContainerRequest.builder("box", bundle).build()));
 *   // … runc start box …
 *   ExecSyncResult result = Replies.await(monitor.execSync(request));
 * }
 * }</pre>
 *
 * <p>Safe for use by any thread; any number of calls may be under way at once, and each is answered
 * when it is done. A call fails with a {@link MonitorException} that carries the monitor's text, or
 * with a {@link MonitorGoneException} when the connection ends. Cancelling a call's future tells
 * the monitor that nobody waits for it any more.
 *
 * <p>The monitor lives on when this connection is closed: only {@link #stop} ends it.
 */
public final class Monitor implements AutoCloseable {
  /** The control socket's name in a monitor's directory. */
  public static final String SOCKET_NAME = "conmon.sock";

  /** Where the launcher writes the monitor's process id, in the monitor's directory. */
  private static final String PID_FILE = "pidfile";

  /** How long a monitor that is there may take to answer at all: as conmon-rs's client has it. */
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(10);

  private final ClientLoop loop;
  private final Path runtimeDir;
  private final ControlConnection connection;
  private final long processId;
  private boolean started;

  private Monitor(ClientLoop loop, Path runtimeDir, ControlConnection connection, long processId) {
    this.loop = loop;
    this.runtimeDir = runtimeDir;
    this.connection = connection;
    this.processId = processId;
  }

  /**
   * Joins the monitor that serves a directory. Blocks until it has answered.
   *
   * @param loop the loop that carries the connection
   * @param runtimeDir the monitor's directory
   * @return the connected monitor, never null
   * @throws MonitorGoneException if none is there
   * @throws IOException if it does not answer as a monitor does
   */
  public static Monitor join(ClientLoop loop, Path runtimeDir) throws IOException {
    ControlConnection connection =
        ControlConnection.connect(
            loop, runtimeDir.resolve(SOCKET_NAME).toAbsolutePath(), new MonitorFailures());
    try {
      VersionInfo version = Replies.await(connection.call(VersionCall.of(false)), JOIN_LIMIT);
      return new Monitor(loop, runtimeDir, connection, version.processId());
    } catch (MonitorGoneException e) {
      connection.close();
      SocketOwner.check(runtimeDir.resolve(SOCKET_NAME));
      throw e;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Joins the monitor that serves the options' directory, or starts one if there is none. Blocks
   * until it has answered. Of several who do so at once, one starts it and the others join that.
   *
   * @param loop the loop that carries the connection
   * @param options how to start it
   * @return the connected monitor, never null
   * @throws MonitorStartException if it cannot be started
   * @throws IOException if it does not answer as a monitor does
   */
  public static Monitor startOrJoin(ClientLoop loop, MonitorOptions options) throws IOException {
    try {
      return join(loop, options.runtimeDir());
    } catch (MonitorGoneException e) {
      return new MonitorRace(loop, options).startOrJoin();
    }
  }

  /**
   * Starts a monitor and joins it. Blocks until it has answered.
   *
   * @param loop the loop that carries the connection
   * @param options how to start it
   * @return the connected monitor, never null
   * @throws MonitorStartException if it cannot be started, or the directory is another's already
   * @throws IOException if it does not answer as a monitor does
   */
  public static Monitor start(ClientLoop loop, MonitorOptions options) throws IOException {
    new MonitorLauncher(options).launch();
    Monitor monitor;
    try {
      monitor = join(loop, options.runtimeDir());
    } catch (MonitorGoneException e) {
      throw new MonitorStartException(
          "start monitor: it was launched, but then: " + e.getMessage(), e);
    }
    // The file has served its purpose, and a container's bundle may want the same name.
    Files.deleteIfExists(options.runtimeDir().resolve(PID_FILE));
    monitor.started = true;
    return monitor;
  }

  /**
   * Returns the monitor's process id.
   *
   * @return the id
   */
  public long processId() {
    return processId;
  }

  /**
   * Tells whether it was this program that started the monitor, by the call that returned this.
   *
   * @return false if the monitor was there already, or somebody else was faster
   */
  public boolean startedHere() {
    return started;
  }

  /**
   * Returns the monitor's directory.
   *
   * @return as given when it was joined, never null
   */
  public Path runtimeDir() {
    return runtimeDir;
  }

  /**
   * Asks what the monitor is.
   *
   * @param verbose whether to list its dependencies
   * @return its version
   */
  public CompletableFuture<VersionInfo> version(boolean verbose) {
    return connection.call(VersionCall.of(verbose));
  }

  /**
   * Asks by which runtime the monitor runs its containers, and for those.
   *
   * @return what it is now; fails with a {@link MonitorException} if it is not a conmonj
   */
  public CompletableFuture<ServerInfo> serverInfo() {
    return connection.call(ServerInfoCall.create());
  }

  /**
   * Creates a container. It is not started by this.
   *
   * @param request what to create
   * @return the process id of its first process
   */
  public CompletableFuture<Long> createContainer(CreateContainerRequest request) {
    return connection.call(CreateContainerCall.of(request));
  }

  /**
   * Has namespaces made that a pod's containers can share, and pinned as files that a bundle names.
   * They are there until the monitor ends, or the process that stays in them.
   *
   * @param request which
   * @return those of all types, once they are pinned: new ones and the monitor's own. The same
   *     request again gets the same
   */
  public CompletableFuture<List<PinnedNamespace>> createNamespaces(
      CreateNamespacesRequest request) {
    return connection.call(CreateNamespacesCall.of(request));
  }

  /**
   * Has the monitor listen for descriptors that containers are to get, if it does not.
   *
   * @return the socket's path, for {@link SentDescriptors#to}
   */
  public CompletableFuture<Path> startFdSocket() {
    return connection.call(StartFdSocketCall.create());
  }

  /**
   * Runs a command in a container to its end.
   *
   * @param request what to run
   * @return how it ended and what it wrote
   */
  public CompletableFuture<ExecSyncResult> execSync(ExecSyncRequest request) {
    return connection.call(ExecSyncCall.of(request));
  }

  /**
   * Has a container's log files opened anew, after they have been renamed.
   *
   * @param containerId the container
   * @return completes when new output goes to the new files
   */
  public CompletableFuture<Void> reopenLog(String containerId) {
    return connection.call(ReopenLogCall.of(containerId));
  }

  /**
   * Sets the size of a container's terminal.
   *
   * @param containerId the container
   * @param size the new size
   * @return completes when it is set
   */
  public CompletableFuture<Void> setWindowSize(String containerId, WindowSize size) {
    return connection.call(SetWindowSizeCall.of(containerId, size));
  }

  /**
   * Prepares a command, to be run when the returned URL is opened. The URL is a secret, can be used
   * once, and for a minute.
   *
   * @param request what to run
   * @return the URL
   */
  public CompletableFuture<URI> serveExec(ServeExecRequest request) {
    return connection.call(ServeExecCall.of(request));
  }

  /**
   * Runs a command in a container, connected to this program.
   *
   * @param request what to run
   * @param options where its output goes
   * @return the session
   */
  public CompletableFuture<ContainerSession> exec(ServeExecRequest request, StreamOptions options) {
    return serveExec(request)
        .thenCompose(url -> ContainerSession.open(loop, url, request.streams(), options));
  }

  /**
   * Prepares to watch a container, from the moment on when the returned URL is opened. The URL is a
   * secret, can be used once, and for a minute.
   *
   * @param request what to watch
   * @return the URL
   */
  public CompletableFuture<URI> serveAttach(ServeAttachRequest request) {
    return connection.call(ServeAttachCall.of(request));
  }

  /**
   * Watches a container, and perhaps types into it.
   *
   * @param request what to watch
   * @param options where its output goes
   * @return the session; it ends with success when the container ends
   */
  public CompletableFuture<ContainerSession> attach(
      ServeAttachRequest request, StreamOptions options) {
    return serveAttach(request)
        .thenCompose(url -> ContainerSession.open(loop, url, request.streams(), options));
  }

  /**
   * Prepares to forward connections to ports of a pod, when the returned URL is opened. The URL is
   * a secret, can be used once, and for a minute.
   *
   * @param request which pod
   * @return the URL
   */
  public CompletableFuture<URI> servePortForward(ServePortForwardRequest request) {
    return connection.call(ServePortForwardCall.of(request));
  }

  /**
   * Forwards ports of this machine to ports of a pod.
   *
   * @param request which pod; it needs no ports, for the options have them
   * @param options what to forward, and how
   * @return the forwarded ports, which are listened on; fails with an {@link IOException} if one
   *     cannot be listened on, and as {@link #exec} does; then none is
   * @throws IllegalArgumentException if an address to listen on is none
   */
  public CompletableFuture<PortForward> forward(
      ServePortForwardRequest request, PortForwardOptions options) {
    return PortForward.open(loop, () -> servePortForward(request), options);
  }

  /**
   * Asks which streaming sessions are connected.
   *
   * @return the sessions, the oldest first
   */
  public CompletableFuture<List<ListedSession>> listSessions() {
    return connection.call(ListSessionsCall.create());
  }

  /**
   * Ends a streaming session. Its client is told so: as the final status of a command, or on the
   * error stream of each forwarded connection.
   *
   * @param id of the session, as listed
   * @return completes when the client is being told; fails if there is no such session
   */
  public CompletableFuture<Void> endSession(long id) {
    return connection.call(EndSessionCall.of(id));
  }

  /**
   * Asks the monitor to stop, with all its containers, and waits for its end.
   *
   * @param timeout how long to wait
   * @return false if it has not ended in that time
   * @throws IOException if the process cannot be looked at
   */
  public boolean stop(Duration timeout) throws IOException {
    MonitorProcess process = new MonitorProcess(processId);
    process.terminate();
    boolean ended = process.awaitEnd(timeout);
    close();
    return ended;
  }

  /**
   * Has the monitor sleep without waiting until it does so by itself, and waits until its worker
   * has ended. Closes this connection: its end would wake the monitor again.
   *
   * @param timeout how long to wait
   * @return false if it is still awake after that time, because something has come meanwhile
   * @throws MonitorException if something keeps it awake; its message says what
   * @throws IOException if the process cannot be looked at
   */
  public boolean sleep(Duration timeout) throws IOException {
    MonitorProcess worker = new MonitorProcess(Replies.await(connection.call(SleepCall.create())));
    close();
    return worker.awaitEnd(timeout);
  }

  /**
   * Has the monitor go on with the programs of another distribution. This connection ends then.
   *
   * @param distribution its directory; empty for that of the program by which the monitor was
   *     started, or of the one named here last, wherever its path leads now
   * @return fails with a {@link MonitorException} that says why if the monitor goes on as it was
   */
  public CompletableFuture<UpgradeResult> upgrade(Optional<Path> distribution) {
    return connection.call(UpgradeCall.of(distribution));
  }

  /** Closes the connection; calls under way fail. The monitor and its containers live on. */
  @Override
  public void close() {
    connection.close();
  }
}
