package io.conmonj.it.bench;

import io.conmonj.it.bench.wire.Protocol;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Loopback;
import io.conmonj.it.pod.PodContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How fast bytes go through the monitor over each transport, against {@link PlainCopy} in its
 * place: the same command or port at one end and the same client at the other, by turns. Counted
 * are the bytes of the session, from the first to the last, without what it takes to begin.
 * Argument: a part of the name of the transports to measure, the default is all.
 */
public final class LineRateBench {
  private static final int ROUNDS = 5;

  /** Until the monitor's Java is compiled, also on a busy machine. */
  private static final int WARM_UP = 2;

  private static final long BYTES = 1L << 30;
  private static final String WRITES =
      "exec dd if=/dev/zero bs=64k count=%d status=none".formatted(BYTES >> 16);
  private static final String READS = "echo; dd of=/dev/null bs=64k status=none; echo";

  private interface Timed {
    double seconds() throws Exception;
  }

  private record Line(String name, Timed ours, Timed plain) {}

  private LineRateBench() {}

  /** Prints a table. */
  public static void main(String[] arguments) throws Exception {
    String wanted = arguments.length == 0 ? "" : arguments[0];
    Path directory = Files.createTempDirectory("conmonj-bench-");
    try (BusyboxPod pod = BusyboxPod.startQuietly(directory)) {
      PodContainer container = pod.container("sleep", "1000000").run();
      Loopback.bringUp(container.pid());
      try (Streamed ours = new Streamed(pod.monitor(), container);
          PlainCopies plain = new PlainCopies(pod.runc(), container)) {
        System.out.printf("1 GiB in MB/s, medians of %d pairs%n", ROUNDS);
        System.out.printf("  %-42s %9s %10s %6s%n", "", "monitor", "plain copy", "ratio");
        for (Line line : lines(ours, plain)) {
          if (line.name.contains(wanted)) {
            measure(line);
          }
        }
      }
    }
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  private static List<Line> lines(Streamed ours, PlainCopies plain) {
    Protocol webSocket = Protocol.execOverWebSocket();
    Protocol base64 = Protocol.execOverBase64();
    Protocol spdy = Protocol.execOverSpdy();
    Timed output = () -> plain.output(WRITES, BYTES);
    Timed input = () -> plain.input(READS, BYTES);
    Timed fromPort = () -> plain.fromPort(BYTES);
    Timed toPort = () -> plain.toPort(BYTES);
    Protocol channels = Protocol.forwardOverWebSocket();
    Protocol pair = Protocol.forwardOverSpdy(ours.port());
    Protocol tunnel = Protocol.forwardOverTunnel(ours.port());
    return List.of(
        new Line("exec, output, WebSocket v5", () -> ours.output(webSocket, WRITES, BYTES), output),
        new Line(
            "exec, output, WebSocket v4 base64", () -> ours.output(base64, WRITES, BYTES), output),
        new Line("exec, output, SPDY v4", () -> ours.output(spdy, WRITES, BYTES), output),
        new Line("exec, input, WebSocket v5", () -> ours.input(webSocket, READS, BYTES), input),
        new Line("exec, input, SPDY v4", () -> ours.input(spdy, READS, BYTES), input),
        new Line("port-forward, from the pod, SPDY", () -> ours.fromPort(pair, BYTES), fromPort),
        new Line(
            "port-forward, from the pod, tunnel", () -> ours.fromPort(tunnel, BYTES), fromPort),
        new Line(
            "port-forward, from the pod, WebSocket",
            () -> ours.fromPort(channels, BYTES),
            fromPort),
        new Line("port-forward, to the pod, SPDY", () -> ours.toPort(pair, BYTES), toPort),
        new Line("port-forward, to the pod, tunnel", () -> ours.toPort(tunnel, BYTES), toPort),
        new Line(
            "port-forward, to the pod, WebSocket", () -> ours.toPort(channels, BYTES), toPort));
  }

  private static void measure(Line line) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < WARM_UP; i++) {
      line.ours.seconds();
      line.plain.seconds();
    }
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = rate(line.ours);
      plain[i] = rate(line.plain);
      ratios[i] = ours[i] / plain[i];
    }
    System.out.printf(
        "  %-42s %9.0f %10.0f %6.2f%n",
        line.name, Median.of(ours), Median.of(plain), Median.of(ratios));
  }

  private static double rate(Timed run) throws Exception {
    return BYTES / 1e6 / run.seconds();
  }
}
