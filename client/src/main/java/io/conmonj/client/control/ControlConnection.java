package io.conmonj.client.control;

import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.rpc.Capability;
import io.conmonj.rpc.FaultKind;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.rpc.PendingCall;
import io.conmonj.rpc.RpcException;
import io.conmonj.rpc.RpcHandler;
import io.conmonj.rpc.RpcLimits;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A connection to a monitor's control socket. Safe for use by any thread. */
public final class ControlConnection implements AutoCloseable {
  private final Path socket;
  private final EventLoop loop;
  private final RpcHandler handler;
  private final Capability monitor;
  private final CallFailures failures;

  private ControlConnection(
      Path socket, EventLoop loop, RpcHandler handler, Capability monitor, CallFailures failures) {
    this.socket = socket;
    this.loop = loop;
    this.handler = handler;
    this.monitor = monitor;
    this.failures = failures;
  }

  /**
   * Connects to a socket, however long its path is.
   *
   * @param loop the loop that carries the connection
   * @param socket the socket's absolute path
   * @param failures what this and calls fail with
   * @return the connection, never null
   * @throws IOException {@link CallFailures#gone} if nobody listens there; another one if that
   *     cannot be told, for want of permission
   */
  public static ControlConnection connect(ClientLoop loop, Path socket, CallFailures failures)
      throws IOException {
    Fd fd;
    try {
      fd = UnixSocket.connect(SocketType.STREAM, socket.toString());
    } catch (KernelException e) {
      if (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM) {
        // There may well be a monitor, which is not ours to join.
        throw new IOException("join the monitor at " + socket + ": permission denied", e);
      }
      throw failures.gone("no monitor at " + socket + ": " + e.getMessage(), e);
    }
    EventLoop eventLoop = loop.eventLoop();
    CompletableFuture<ControlConnection> connected = new CompletableFuture<>();
    EpollDomainSocketChannel channel = new EpollDomainSocketChannel(fd.release());
    RpcHandler handler = new RpcHandler(RpcLimits.CLIENT, IncomingCall::unimplemented);
    channel.pipeline().addLast(handler);
    eventLoop
        .register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                Capability monitor = handler.connection().bootstrap();
                connected.complete(
                    new ControlConnection(socket, eventLoop, handler, monitor, failures));
              } else {
                connected.completeExceptionally(registered.cause());
              }
            });
    return Replies.await(connected);
  }

  /**
   * Makes a call.
   *
   * @param <Q> builder of the request message
   * @param <A> reader of the response message
   * @param <T> what is replied
   * @param call the call
   * @return the reply, completed on the loop; fails with what {@link CallFailures} makes.
   *     Cancelling it tells the monitor so
   */
  public <Q, A, T> CompletableFuture<T> call(ControlCall<Q, A, T> call) {
    CompletableFuture<T> reply = new CompletableFuture<>();
    onLoop(reply, call.what(), () -> send(call, reply));
    return reply;
  }

  private <Q, A, T> void send(ControlCall<Q, A, T> call, CompletableFuture<T> reply) {
    PendingCall<A> pending =
        handler
            .connection()
            .call(
                monitor,
                call.interfaceId(),
                call.method(),
                call.requestType(),
                call.fill(),
                call.responseType());
    var _ =
        pending.whenComplete(
            (response, failure) -> {
              if (failure == null) {
                answer(call, response, reply);
              } else {
                reply.completeExceptionally(explain(call.what(), failure));
              }
            });
    var _ =
        reply.whenComplete(
            (_, _) -> {
              if (reply.isCancelled()) {
                onLoop(reply, call.what(), () -> pending.cancel(false));
              }
            });
  }

  private static <A, T> void answer(
      ControlCall<?, A, T> call, A response, CompletableFuture<T> reply) {
    try {
      reply.complete(call.decode().apply(response));
    } catch (RuntimeException e) {
      reply.completeExceptionally(
          new IOException(call.what() + ": read the reply: " + e.getMessage(), e));
    }
  }

  private IOException explain(String what, Throwable failure) {
    if (failure instanceof RpcException rpc && rpc.kind() != FaultKind.DISCONNECTED) {
      return failures.refused(what, rpc.getMessage());
    }
    return failures.gone(
        what + ": the monitor at " + socket + " is gone: " + failure.getMessage(), failure);
  }

  private void onLoop(CompletableFuture<?> reply, String what, Runnable task) {
    try {
      loop.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              reply.completeExceptionally(new IOException(what + ": " + e.getMessage(), e));
            }
          });
    } catch (RejectedExecutionException e) {
      reply.completeExceptionally(failures.gone(what + ": the client's loop is closed", e));
    }
  }

  @Override
  public void close() {
    onLoop(new CompletableFuture<>(), "close connection", () -> handler.connection().close());
  }
}
