package io.conmonj.client;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.kernel.SocketPath;
import io.conmonj.rpc.CallHandler;
import io.conmonj.rpc.FaultKind;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.rpc.RpcHandler;
import io.conmonj.rpc.RpcLimits;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A control socket with scripted answers, for tests. It notes each request in a line of text. */
public final class FakeMonitor implements AutoCloseable {
  private final ClientLoop loop = new ClientLoop();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Channel> connections = new CopyOnWriteArrayList<>();
  private final Queue<IncomingCall> held = new ConcurrentLinkedQueue<>();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final Channel listener;
  private volatile Supplier<String> execUrl = () -> "http://127.0.0.1:1/exec/none";
  private volatile Supplier<String> attachUrl = () -> "http://127.0.0.1:1/attach/none";
  private volatile Supplier<String> portForwardUrl = () -> "http://127.0.0.1:1/portforward/none";
  private volatile String failure = "";
  private volatile int exitCode;
  private volatile boolean cut;
  private volatile boolean sleeps = true;

  /** No process has this number. */
  private volatile long worker;

  /** Listens in a directory, which is made. */
  public FakeMonitor(Path runtimeDir) throws IOException, InterruptedException {
    Files.createDirectories(runtimeDir);
    String path = runtimeDir.resolve(Monitor.SOCKET_NAME).toString();
    try (SocketPath name = SocketPath.of(path)) {
      listener =
          new ServerBootstrap()
              .group(loop.eventLoop())
              .channel(EpollServerDomainSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      connections.add(channel);
                      CallHandler handler = FakeMonitor.this::handle;
                      channel.pipeline().addLast(new RpcHandler(RpcLimits.SERVER, handler));
                    }
                  })
              .bind(new DomainSocketAddress(name.address()))
              .sync()
              .channel();
    }
  }

  /** What was asked, in order. */
  public List<String> requests() {
    return requests;
  }

  /** Which held calls were given up by the client. */
  public List<String> cancelled() {
    return cancelled;
  }

  /** Makes serveExec answer this. */
  public void execUrl(Supplier<String> url) {
    execUrl = url;
  }

  /** Makes serveAttach answer this. */
  public void attachUrl(Supplier<String> url) {
    attachUrl = url;
  }

  /** Makes servePortForward answer this. */
  public void portForwardUrl(Supplier<String> url) {
    portForwardUrl = url;
  }

  /** Makes every call but version fail with this. */
  public void failWith(String text) {
    failure = text;
  }

  /** Makes execSync answer with this exit code. */
  public void exitCode(int code) {
    exitCode = code;
  }

  /** Makes execSync say that there was more output. */
  public void cut(boolean more) {
    cut = more;
  }

  /** Makes serverInfo tell nothing of sleeps. */
  public void neverSleeps() {
    sleeps = false;
  }

  /** Makes sleep say that it is this process that ends. */
  public void worker(long pid) {
    worker = pid;
  }

  /** Answers the calls of reopenLog that are held back, the newest first. */
  public int answerHeldNewestFirst() throws InterruptedException {
    List<IncomingCall> newestFirst = List.copyOf(held).reversed();
    held.clear();
    loop.eventLoop().submit(() -> newestFirst.forEach(IncomingCall::respond)).sync();
    return newestFirst.size();
  }

  /** How many calls are held back. */
  public int held() {
    return held.size();
  }

  /** Cuts all connections. */
  public void cutConnections() {
    connections.forEach(connection -> connection.close().syncUninterruptibly());
  }

  private void handle(IncomingCall call) {
    boolean ours = call.interfaceId() == Conmonj.INTERFACE_ID;
    if (!ours && call.methodId() == Conmon.VERSION) {
      version(call);
    } else if (!failure.isEmpty()) {
      call.fail(FaultKind.FAILED, failure);
    } else if (ours && call.methodId() == Conmonj.EXEC_SYNC) {
      execSync(call);
    } else if (ours) {
      new FakeOwnInterface(requests, execUrl, attachUrl, portForwardUrl, worker, sleeps)
          .handle(call);
    } else {
      switch (call.methodId()) {
        case Conmon.CREATE_CONTAINER -> createContainer(call);
        case Conmon.REOPEN_LOG_CONTAINER -> reopenLog(call);
        case Conmon.SET_WINDOW_SIZE_CONTAINER -> setWindowSize(call);
        case Conmon.SERVE_EXEC_CONTAINER -> serveExec(call);
        case Conmon.SERVE_ATTACH_CONTAINER -> serveAttach(call);
        default -> call.unimplemented();
      }
    }
  }

  private static void version(IncomingCall call) {
    boolean verbose = call.request(Conmon.VersionRequest.factory).getVerbose();
    Conmon.VersionResponse.Builder response = call.response(Conmon.VersionResponse.factory);
    response.setProcessId((int) ProcessHandle.current().pid());
    response.setVersion("1.2.3");
    response.setTag("none");
    response.setCommit("abc");
    response.setBuildDate("today");
    response.setTarget("x86_64");
    response.setRustVersion("compiler");
    response.setCargoVersion("builder");
    response.setCargoTree(verbose ? "tree" : "");
    call.respond();
  }

  private void createContainer(IncomingCall call) {
    Conmon.CreateContainerRequest.Reader request =
        call.request(Conmon.CreateContainerRequest.factory);
    StringBuilder line = new StringBuilder("create ").append(request.getId());
    line.append(" bundle=").append(request.getBundlePath());
    line.append(" terminal=").append(request.getTerminal());
    line.append(" stdin=").append(request.getStdin());
    request.getExitPaths().forEach(path -> line.append(" exit=").append(path));
    request.getOomExitPaths().forEach(path -> line.append(" oom=").append(path));
    request
        .getLogDrivers()
        .forEach(
            log ->
                line.append(" log=")
                    .append(log.getType())
                    .append(':')
                    .append(log.getPath())
                    .append(':')
                    .append(log.getMaxSize()));
    request.getCleanupCmd().forEach(word -> line.append(" cleanup=").append(word));
    request.getGlobalArgs().forEach(word -> line.append(" global=").append(word));
    request.getCommandArgs().forEach(word -> line.append(" command=").append(word));
    request
        .getEnvVars()
        .forEach(
            entry ->
                line.append(" env=").append(entry.getKey()).append('=').append(entry.getValue()));
    line.append(" cgroups=").append(request.getCgroupManager());
    for (int i = 0; i < request.getAdditionalFds().size(); i++) {
      line.append(" fd=").append(request.getAdditionalFds().get(i));
    }
    for (int i = 0; i < request.getLeakFds().size(); i++) {
      line.append(" leak=").append(request.getLeakFds().get(i));
    }
    request.getMetadata().forEach(entry -> line.append(" metadata=").append(entry.getKey()));
    requests.add(line.toString());
    call.response(Conmon.CreateContainerResponse.factory).setContainerPid(4711);
    call.respond();
  }

  private void execSync(IncomingCall call) {
    Conmonj.ExecSyncRequest.Reader request = call.request(Conmonj.ExecSyncRequest.factory);
    StringBuilder line = new StringBuilder("execSync ").append(request.getId());
    request.getCommand().forEach(word -> line.append(' ').append(word));
    line.append(" timeout=").append(request.getTimeoutMillis());
    line.append(" terminal=").append(request.getTty());
    request.getEnv().forEach(each -> line.append(" env=").append(each));
    request.getMetadata().forEach(each -> line.append(" metadata=").append(each));
    requests.add(line.toString());
    Conmonj.ExecSyncResponse.Builder response = call.response(Conmonj.ExecSyncResponse.factory);
    response.setExitCode(exitCode);
    response.setTimedOut(exitCode == -3);
    response.setStdout("out\n".getBytes(StandardCharsets.UTF_8));
    response.setStdoutCut(cut);
    response.setStderr("err\n".getBytes(StandardCharsets.UTF_8));
    call.respond();
  }

  private void reopenLog(IncomingCall call) {
    String id = call.request(Conmon.ReopenLogRequest.factory).getId().toString();
    requests.add("reopenLog " + id);
    if (id.startsWith("held")) {
      call.onCancel(
          () -> {
            cancelled.add(id);
            call.respond();
          });
      held.add(call);
    } else {
      call.respond();
    }
  }

  private void setWindowSize(IncomingCall call) {
    Conmon.SetWindowSizeRequest.Reader request = call.request(Conmon.SetWindowSizeRequest.factory);
    requests.add(
        "resize " + request.getId() + " " + request.getWidth() + "x" + request.getHeight());
    call.respond();
  }

  private void serveExec(IncomingCall call) {
    Conmon.ServeExecContainerRequest.Reader request =
        call.request(Conmon.ServeExecContainerRequest.factory);
    StringBuilder line = new StringBuilder("serveExec ").append(request.getId());
    request.getCommand().forEach(word -> line.append(' ').append(word));
    line.append(" tty=").append(request.getTty());
    line.append(" stdin=").append(request.getStdin());
    line.append(" stdout=").append(request.getStdout());
    line.append(" stderr=").append(request.getStderr());
    requests.add(line.toString());
    call.response(Conmon.ServeExecContainerResponse.factory).setUrl(execUrl.get());
    call.respond();
  }

  private void serveAttach(IncomingCall call) {
    Conmon.ServeAttachContainerRequest.Reader request =
        call.request(Conmon.ServeAttachContainerRequest.factory);
    StringBuilder line = new StringBuilder("serveAttach ").append(request.getId());
    line.append(" stdin=").append(request.getStdin());
    line.append(" stdout=").append(request.getStdout());
    line.append(" stderr=").append(request.getStderr());
    requests.add(line.toString());
    call.response(Conmon.ServeAttachContainerResponse.factory).setUrl(attachUrl.get());
    call.respond();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    cutConnections();
    loop.close();
  }
}
