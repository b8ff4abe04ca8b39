package io.conmonj.it.embedding;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A streaming server for local processes. Its methods may be called by any thread. */
public final class EmbeddedServer implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final LocalProcesses processes = new LocalProcesses(loop);
  private final StreamingServer server =
      new StreamingServer(loop, NioServerSocketChannel::new, StreamingConfig.DEFAULT, processes);

  /** Names a command that {@link #attach} finds running. */
  public void startContainer(String id, List<String> command) {
    processes.start(id, command);
  }

  /** A URL to run a command. */
  public URI exec(String container, List<String> command, Stdio stdio) throws IOException {
    return url(new ExecRequest(container, command, stdio));
  }

  /** A URL to attach to a container. */
  public URI attach(String container, Stdio stdio) throws IOException {
    return url(new AttachRequest(container, stdio));
  }

  /** A URL to forward ports of this machine. */
  public URI portForward(String pod, List<Integer> ports) throws IOException {
    return url(new PortForwardRequest(pod, ports));
  }

  private URI url(StreamingRequest request) throws IOException {
    try {
      return onLoop(() -> server.urlFor(request)).get();
    } catch (ExecutionException e) {
      throw new IOException("make a URL: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("make a URL: interrupted", e);
    }
  }

  /** The server is used on its loop's thread only. */
  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          var _ =
              call.get()
                  .whenComplete(
                      (value, failure) -> {
                        if (failure == null) {
                          result.complete(value);
                        } else {
                          result.completeExceptionally(failure);
                        }
                      });
        });
    return result;
  }

  /** Ends all sessions and the server. */
  @Override
  public void close() {
    onLoop(server::close).join();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
