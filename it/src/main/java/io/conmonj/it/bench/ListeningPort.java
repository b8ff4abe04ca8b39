package io.conmonj.it.bench;

import io.conmonj.client.transport.Replies;
import io.conmonj.it.bench.wire.LeanClient;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A loopback port to which bytes are sent, or from which they come, without a protocol. */
final class ListeningPort implements AutoCloseable {
  private final ServerSocketChannel listener;

  private ListeningPort(ServerSocketChannel listener) {
    this.listener = listener;
  }

  /** A port of this machine. */
  static ListeningPort open() throws IOException {
    return new ListeningPort(listen());
  }

  /** A port in the network of a process. */
  static ListeningPort openBeside(long pid) throws IOException {
    try (Fd network = OpenFile.forReading("/proc/" + pid + "/ns/net")) {
      return new ListeningPort(
          Replies.await(Namespace.callIn(Namespace.Kind.NETWORK, network, ListeningPort::listen)));
    }
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** Sends bytes on the next connection and ends it. */
  CompletableFuture<Void> send(long bytes) {
    return onNext(
        connection -> {
          connection.send(bytes);
          return null;
        });
  }

  /** Receives bytes on the next connection: the seconds from the first to the last. */
  CompletableFuture<Double> receive(long bytes) {
    return onNext(connection -> connection.receive(bytes));
  }

  private interface Use<T> {
    T of(LeanClient connection) throws IOException;
  }

  private <T> CompletableFuture<T> onNext(Use<T> use) {
    return inThread(
        () -> {
          try (LeanClient connection = LeanClient.plain(listener.accept())) {
            return use.of(connection);
          }
        });
  }

  private static <T> CompletableFuture<T> inThread(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
