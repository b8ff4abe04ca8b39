package io.conmonj.it.bench;

import io.conmonj.it.bench.wire.LeanClient;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.pod.Runc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * Moves bytes to and from commands and ports through {@link PlainCopy}, which runs as a program of
 * its own, as the monitor does.
 */
final class PlainCopies implements AutoCloseable {
  private static final String JAVA =
      System.getProperty("java.home")
          + "/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
          + System.getProperty("java.class.path")
          + " "
          + PlainCopy.class.getName();

  private final Runc runc;
  private final PodContainer container;
  private final ListeningPort target = ListeningPort.open();
  private final Process relay;
  private final int relayPort;

  PlainCopies(Runc runc, PodContainer container) throws IOException {
    this.runc = runc;
    this.container = container;
    relay = start(JAVA + " relay " + target.port());
    BufferedReader says = relay.inputReader();
    relayPort = Integer.parseInt(says.readLine());
  }

  /** Seconds from the first to the last byte of what a command writes. */
  double output(String command, long bytes) throws Exception {
    try (ServerSocketChannel listener = listen()) {
      Process copy = start(exec(command) + " | " + JAVA + " from-stdin " + port(listener));
      try (LeanClient client = LeanClient.plain(listener.accept())) {
        return client.receive(bytes);
      } finally {
        copy.waitFor();
      }
    }
  }

  /** Seconds to have a command read bytes; it writes one before it begins and one at the end. */
  double input(String command, long bytes) throws Exception {
    try (ServerSocketChannel listener = listen()) {
      Process copy = start(JAVA + " to-stdout " + port(listener) + " | " + exec(command));
      InputStream says = copy.getInputStream();
      try (LeanClient client = LeanClient.plain(listener.accept())) {
        says.readNBytes(1);
        long start = System.nanoTime();
        client.send(bytes);
        client.end();
        says.readNBytes(1);
        return (System.nanoTime() - start) / 1e9;
      } finally {
        copy.waitFor();
      }
    }
  }

  /** Seconds for bytes from a port. */
  double fromPort(long bytes) throws Exception {
    var sent = target.send(bytes);
    try (LeanClient client = LeanClient.plain(relayPort)) {
      double seconds = client.receive(bytes);
      sent.get();
      return seconds;
    }
  }

  /** Seconds for bytes to a port. */
  double toPort(long bytes) throws Exception {
    var received = target.receive(bytes);
    try (LeanClient client = LeanClient.plain(relayPort)) {
      client.send(bytes);
      return received.get();
    }
  }

  /** Detached, so that the command has the pipe itself and not one that runc copies from. */
  private String exec(String command) {
    return "%s --root %s exec --detach %s sh -c '%s'"
        .formatted(runc.program(), runc.root(), container.id(), command);
  }

  private static Process start(String line) throws IOException {
    return new ProcessBuilder("sh", "-c", line)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int port(ServerSocketChannel listener) {
    return listener.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    relay.getOutputStream().close();
    target.close();
  }
}
