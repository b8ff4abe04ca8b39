package io.conmonj.it.embedding;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.tcp.SocketSource;
import io.conmonj.streaming.tcp.TcpDialler;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The backend: what a session runs is a process of this machine. */
final class LocalProcesses implements StreamingBackend {
  private final EventLoop loop;
  private final Map<String, List<String>> attachable = new ConcurrentHashMap<>();

  LocalProcesses(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Names a command to attach to. To keep the example small it starts when the first client
   * attaches, who is then its only one.
   */
  void start(String id, List<String> command) {
    attachable.put(id, command);
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    return run(request.command(), request.stdio().tty(), streams)
        .thenApply(code -> new Outcome.Exited(code));
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    List<String> command = attachable.remove(request.target());
    if (command == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed("no container " + request.target()));
    }
    return run(command, request.stdio().tty(), streams).thenApply(code -> new Outcome.Success());
  }

  @Override
  public CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
    SocketSource here = family -> CompletableFuture.completedFuture(new NioSocketChannel());
    return new TcpDialler(loop, here).dial(port);
  }

  /** Starts a process between the session's streams; the result is its exit code. */
  private CompletableFuture<Integer> run(
      List<String> command, boolean tty, SessionStreams streams) {
    try {
      LocalProcess process = tty ? LocalProcess.onTerminal(command) : LocalProcess.onPipes(command);
      streams.terminalSizes().onSize(process::resize);
      streams.onDisconnect(process::hangUp);
      streams.stdin().ifPresent(stdin -> stdin.receive(new StdinPump(loop, stdin, process)));
      if (streams.stdin().isEmpty()) {
        process.endStdin();
      }
      CompletableFuture<Void> stdout = OutputThread.start(loop, process.stdout(), streams.stdout());
      CompletableFuture<Void> stderr = OutputThread.start(loop, process.stderr(), streams.stderr());
      return CompletableFuture.allOf(stdout, stderr)
          .thenCombineAsync(process.exitCode(), (drained, code) -> code, loop);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
