package io.conmonj.it.bench;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.pod.Runc;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fast a command's output reaches a client, against {@code runc exec … | cat} for the same
 * command in the same container, in turn; and what the monitor's memory is after many execs.
 */
public final class ExecBench {
  private static final int ROUNDS = 5;
  private static final int EXECS = 300;
  private static final long BYTES = 1L << 30;
  private static final List<String> COMMAND =
      List.of("dd", "if=/dev/zero", "bs=64k", "count=16384", "status=none");

  private final BusyboxPod pod;
  private final PodContainer container;

  private ExecBench(BusyboxPod pod, PodContainer container) {
    this.pod = pod;
    this.container = container;
  }

  /** Prints the figures; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("conmonj-bench-");
    try (BusyboxPod pod = BusyboxPod.startQuietly(directory)) {
      ExecBench bench = new ExecBench(pod, pod.container("sleep", "1000000").run());
      bench.memory();
      bench.rate();
    }
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  private void memory() throws Exception {
    System.out.println("memory of the monitor, one container");
    System.out.printf("  private, before any exec  %.1f MiB%n", privateDirtyMiB());
    for (int i = 0; i < EXECS; i++) {
      exec(List.of("true"), OutputStream.nullOutputStream());
    }
    System.out.printf("  private, after %d execs  %.1f MiB%n", EXECS, privateDirtyMiB());
  }

  private void rate() throws Exception {
    double[] ours = new double[ROUNDS];
    double[] peers = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    streamed();
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = streamed();
      peers[i] = piped();
      ratios[i] = ours[i] / peers[i];
    }
    System.out.printf("output of an exec, 1 GiB, median of %d%n", ROUNDS);
    System.out.printf("  over WebSocket v5         %.0f MB/s%n", Median.of(ours));
    System.out.printf("  runc exec … | cat         %.0f MB/s%n", Median.of(peers));
    System.out.printf("  ratio                     %.2f%n", Median.of(ratios));
    System.out.printf("memory of the monitor%n");
    System.out.printf("  private, after that       %.1f MiB%n", privateDirtyMiB());
  }

  /** MB/s of the command's output over its streaming URL. */
  private double streamed() throws Exception {
    ByteCounter counter = new ByteCounter();
    long start = System.nanoTime();
    exec(COMMAND, counter);
    double rate = megabytesPerSecond(start);
    if (counter.count() != BYTES) {
      throw new IOException("got " + counter.count() + " bytes of " + BYTES);
    }
    return rate;
  }

  /** MB/s of the command's output through a pipe of the shell. */
  private double piped() throws IOException, InterruptedException {
    String runc = Runc.find() + " --root " + pod.runc().root();
    String line =
        runc + " exec " + container.id() + " " + String.join(" ", COMMAND) + " | cat >/dev/null";
    long start = System.nanoTime();
    if (new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + line);
    }
    return megabytesPerSecond(start);
  }

  private void exec(List<String> command, OutputStream stdout) throws IOException {
    ServeExecRequest request = ServeExecRequest.output(container.id(), command);
    try (ContainerSession session =
        Replies.await(pod.monitor().exec(request, StreamOptions.of(stdout, stdout)))) {
      ExecStatus status = Replies.await(session.status());
      if (!status.equals(new ExecStatus.Exited(0))) {
        throw new IOException(command + " ended with " + status);
      }
    }
  }

  // What is mapped from files and clean is shared with the other monitors of a node.
  private double privateDirtyMiB() throws IOException {
    long sum = 0;
    for (ProcessFacts process : pod.process().all()) {
      Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
      try (Stream<String> lines = Files.lines(rollup)) {
        sum +=
            lines
                .filter(line -> line.startsWith("Private_Dirty:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      }
    }
    return sum / 1024.0;
  }

  private static double megabytesPerSecond(long startNanos) {
    return BYTES / 1e6 / ((System.nanoTime() - startNanos) / 1e9);
  }
}
