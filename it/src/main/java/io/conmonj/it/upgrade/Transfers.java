package io.conmonj.it.upgrade;

import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForward;
import io.conmonj.client.portforward.PortForwardListener;
import io.conmonj.client.portforward.PortForwardOptions;
import io.conmonj.client.portforward.PortMapping;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.client.transport.Transport;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.LoopbackServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Downloads and uploads through forwarded ports, over each transport of the client library, one
 * after the other, each by a new connection and held against its checksum.
 */
final class Transfers implements Load {
  /** Against hangs only: an upload waits until all of it has come through a worker that is new. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<Integer> DIRECTIONS = List.of(DataServer.DOWNLOAD, DataServer.UPLOAD);

  private final EchoPod pod;
  private final LoopbackServer server;
  private final Faults faults;
  private final List<PortForward> forwards = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger downloads = new AtomicInteger();
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile boolean stopped;

  private Transfers(EchoPod pod, Faults faults) throws IOException {
    this.pod = pod;
    this.server = DataServer.startBeside(pod.container().pid());
    this.faults = faults;
  }

  /** Begins. */
  static Transfers start(EchoPod pod, long seed, Faults faults) throws IOException {
    Transfers transfers = new Transfers(pod, faults);
    try {
      Random seeds = new Random(seed);
      for (Transport each : Transport.values()) {
        transfers.start(each, seeds);
      }
      return transfers;
    } catch (IOException failed) {
      transfers.close();
      throw failed;
    }
  }

  private void start(Transport transport, Random seeds) throws IOException {
    PortForward forward =
        Replies.await(
            pod.pod()
                .monitor()
                .forward(
                    ServePortForwardRequest.of(pod.container().id()),
                    new PortForwardOptions(
                        List.of("127.0.0.1"),
                        List.of(new PortMapping(0, server.port())),
                        ConnectionOptions.over(transport),
                        new FailureListener())));
    forwards.add(forward);
    InetSocketAddress local = forward.ports().getFirst().local();
    for (int each : DIRECTIONS) {
      long seed = seeds.nextLong();
      String name = (each == DataServer.UPLOAD ? "uploads" : "downloads") + " over " + transport;
      workers.add(Worker.start(name, faults, () -> transferAll(local, each, seed)));
    }
  }

  private void transferAll(InetSocketAddress local, int direction, long seed) throws IOException {
    Random seeds = new Random(seed);
    while (!stopped) {
      transfer(local, direction, seeds.nextLong());
    }
  }

  private void transfer(InetSocketAddress local, int direction, long seed) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(local);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(direction);
      out.writeLong(seed);
      byte[] digest = direction == DataServer.UPLOAD ? upload(socket, seed) : download(socket);
      if (!Arrays.equals(digest, RandomData.digest(seed))) {
        throw new IOException("the data have another checksum");
      }
    }
  }

  private byte[] download(Socket socket) throws IOException {
    try (DigestOutputStream data = RandomData.digesting()) {
      long bytes = socket.getInputStream().transferTo(data);
      if (bytes != RandomData.BYTES) {
        throw new IOException(bytes + " instead of " + RandomData.BYTES + " bytes came");
      }
      downloads.incrementAndGet();
      return data.getMessageDigest().digest();
    }
  }

  private byte[] upload(Socket socket, long seed) throws IOException {
    RandomData.write(seed, socket.getOutputStream());
    socket.shutdownOutput();
    byte[] digest = socket.getInputStream().readAllBytes();
    uploads.incrementAndGet();
    return digest;
  }

  /** How many sessions there are. */
  int count() {
    return forwards.size();
  }

  @Override
  public String end() throws IOException {
    stopped = true;
    for (Worker each : workers) {
      each.join();
    }
    return String.format(
        "%d downloads and %d uploads of %d MiB have their checksums",
        downloads.get(), uploads.get(), RandomData.BYTES >> 20);
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    try (server) {
      forwards.forEach(PortForward::close);
    }
  }

  private final class FailureListener implements PortForwardListener {
    @Override
    public void connected(ForwardedPort port) {
      // It has still to show whether it carries anything.
    }

    @Override
    public void failed(ForwardedPort port, String message) {
      faults.add("a forwarded connection failed: " + message);
    }
  }
}
