package io.conmonj.it.upgrade;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.it.pod.EchoPod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that begin and end all the time, one after the other, so that some of them do so while
 * the monitor is upgraded: between any two of asking for a URL, opening it, and the session's end.
 */
final class ShortSessions implements Load {
  private static final int AT_ONCE = 3;
  private static final int BYTES = 3000;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final EchoPod pod;
  private final Callers callers;
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean stopped;

  ShortSessions(EchoPod pod, Callers callers) {
    this.pod = pod;
    this.callers = callers;
  }

  /** Begins. */
  void start(long seed, Faults faults) {
    Random seeds = new Random(seed);
    for (int i = 0; i < AT_ONCE; i++) {
      Random random = new Random(seeds.nextLong());
      workers.add(Worker.start("short sessions", faults, () -> run(random)));
    }
  }

  private void run(Random random) throws IOException {
    while (!stopped) {
      boolean command = random.nextBoolean();
      List<ClientProtocol> all = command ? ClientProtocol.COMMANDS : ClientProtocol.FORWARDS;
      ClientProtocol protocol = all.get(random.nextInt(all.size()));
      try {
        session(command, protocol, random);
      } catch (IOException failed) {
        String kind = command ? "exec" : "port-forward";
        throw new IOException(count + " were good, then " + kind + " over " + protocol, failed);
      }
      count.incrementAndGet();
    }
  }

  private void session(boolean command, ClientProtocol protocol, Random random) throws IOException {
    URI url = command ? exec() : forward(protocol);
    pause(random);
    try (EchoLink link =
        command
            ? EchoLink.toCommand(url, protocol, Ending.success(protocol))
            : EchoLink.toPort(url, protocol, pod.echoPort())) {
      PrintableBytes bytes = new PrintableBytes(random.nextLong());
      byte[] first = bytes.next(random.nextInt(BYTES));
      byte[] second = bytes.next(BYTES - first.length);
      link.send(first);
      pause(random);
      link.send(second);
      check(link, first, second);
    }
  }

  private static void check(EchoLink link, byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(first);
    sent.writeBytes(second);
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    Optional<byte[]> next = link.receive();
    while (next.isPresent()) {
      boolean before = came.size() < BYTES;
      came.writeBytes(next.get());
      if (before && came.size() >= BYTES) {
        link.leave();
      }
      next = link.receive();
    }
    if (!Arrays.equals(came.toByteArray(), sent.toByteArray())) {
      throw new IOException(came.size() + " bytes came back, not the " + BYTES + " that were sent");
    }
  }

  private URI exec() throws IOException {
    List<String> command = List.of("head", "-c", Integer.toString(BYTES));
    try (Monitor monitor = callers.join()) {
      return Replies.await(
          monitor.serveExec(ServeExecRequest.piped(pod.container().id(), command)));
    }
  }

  private URI forward(ClientProtocol protocol) throws IOException {
    boolean named = protocol.transport() == ClientProtocol.Transport.WEB_SOCKET;
    List<Integer> ports = named ? List.of(pod.echoPort()) : List.of();
    try (Monitor monitor = callers.join()) {
      return Replies.await(
          monitor.servePortForward(new ServePortForwardRequest(pod.container().id(), ports)));
    }
  }

  private static void pause(Random random) {
    LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
  }

  @Override
  public String end() throws IOException {
    stopped = true;
    for (Worker each : workers) {
      each.join();
    }
    return count + " short sessions began, gave back all, and ended well";
  }

  @Override
  public void close() {
    stopped = true;
  }
}
