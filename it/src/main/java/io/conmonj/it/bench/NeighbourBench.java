package io.conmonj.it.bench;

import io.conmonj.it.echo.EchoSession;
import io.conmonj.it.echo.ExecEcho;
import io.conmonj.it.echo.ForwardEcho;
import io.conmonj.it.echo.HonestClient;
import io.conmonj.it.echo.Latencies;
import io.conmonj.it.hostile.FrameFlood;
import io.conmonj.it.hostile.Offenders;
import io.conmonj.it.hostile.PairFlood;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a key takes to be echoed beside a client that does what it should not, against the same
 * session alone, in the same run.
 */
public final class NeighbourBench {
  private static final int TRIPS = 1000;
  private static final int PAIRS = 10_000;

  private final EchoPod pod;
  private Latencies alone;

  /** A client that misbehaves until it is closed. */
  @FunctionalInterface
  private interface Offender {
    AutoCloseable start(EchoPod pod) throws IOException;
  }

  private NeighbourBench(EchoPod pod) {
    this.pod = pod;
  }

  /** Prints the figures; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("conmonj-bench-");
    try (EchoPod pod = EchoPod.start(directory)) {
      NeighbourBench bench = new NeighbourBench(pod);
      System.out.println(
          "echo of 600 bytes beside another client of the pod, µs (and against alone)");
      bench.measure("exec", ExecEcho.start(pod));
      bench.measure("port-forward", ForwardEcho.start(pod));
    }
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  private void measure(String name, EchoSession session) throws Exception {
    try (HonestClient client = HonestClient.start(session)) {
      trips(client);
      alone = trips(client);
      print(name + ", alone", alone);
      beside(client, "that never reads", Offenders::execThatNeverReads);
      beside(client, "that sends a byte a frame", NeighbourBench::smallFrames);
      beside(client, "that pings and never reads", NeighbourBench::pings);
      beside(client, "that opens 10,000 pairs", NeighbourBench::pairs);
    }
  }

  private void beside(HonestClient client, String name, Offender offender) throws Exception {
    try (AutoCloseable _ = offender.start(pod)) {
      print("  one " + name, trips(client));
    }
  }

  private static FrameFlood smallFrames(EchoPod pod) throws IOException {
    WebSocketPeer link = WebSocketPeer.open(pod.exec("sh", "-c", "cat >/dev/null"), Offenders.V5);
    return FrameFlood.start(
        link,
        link.socket()::send,
        WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.BINARY, new byte[] {0, 'x'}));
  }

  private static FrameFlood pings(EchoPod pod) throws IOException {
    WebSocketPeer link = Offenders.execThatNeverReads(pod);
    return FrameFlood.start(
        link,
        link.socket()::send,
        WebSocketFrame.ofClient(WebSocketFrame.FIN | WebSocketFrame.PING, new byte[100]));
  }

  private static PairFlood pairs(EchoPod pod) throws IOException {
    return PairFlood.start(
        SpdyPeer.open(pod.portForward(), Offenders.PORT_FORWARD), PAIRS, pod.echoPort());
  }

  private static Latencies trips(HonestClient client) throws IOException {
    int before = client.roundTrips();
    Await.until(
        TRIPS + " round trips",
        () -> {
          try {
            return client.roundTrips() >= before + TRIPS;
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    return client.latenciesFrom(before);
  }

  private void print(String name, Latencies took) {
    System.out.printf(
        "  %-36s p50 %6.0f (%.1f)   p99 %6.0f (%.1f)%n",
        name,
        took.percentileMicros(50),
        took.percentileMicros(50) / alone.percentileMicros(50),
        took.percentileMicros(99),
        took.percentileMicros(99) / alone.percentileMicros(99));
  }
}
