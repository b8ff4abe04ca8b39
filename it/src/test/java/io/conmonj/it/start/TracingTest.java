package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.ClosedPort;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tracing costs a monitor: nothing where it is not wanted, and little where nobody listens.
 */
class TracingTest {
  private static final String RUNTIME =
      Distribution.project().resolve("build/train-runtime").toString();

  /** What is loaded where traces are exported, and nowhere else. */
  private static final String OF_TRACING =
      ".*(io\\.opentelemetry|okhttp3|okio|kotlin|io\\.conmonj\\.tracing)\\..*|"
          + ".* io\\.conmonj\\.monitor\\.[a-z]+\\.(Span|SpanCounts|Tracer|TracerJar|TracerProvider|Tracing|TracingOptions"
          + "|CallSpans|CallContext|ContainerSpans|ExecSpans|PodTracing|TracingFlags) .*";

  @TempDir Path work;
  private Path directory;

  @BeforeEach
  void setUp() {
    directory = work.resolve("run");
  }

  @Test
  void aMonitorThatDoesNotTraceLoadsNothingForIt() throws Exception {
    assertThat(classesOfAContainersLife()).filteredOn(line -> line.matches(OF_TRACING)).isEmpty();
  }

  @Test
  void oneThatTracesDoes() throws Exception {
    assertThat(classesOfAContainersLife("--enable-tracing"))
        .filteredOn(line -> line.matches(OF_TRACING))
        .anyMatch(line -> line.contains(" io.opentelemetry.sdk.trace.SdkTracerProvider "))
        .anyMatch(line -> line.contains(".CallSpans "))
        .anyMatch(line -> line.contains(".ContainerSpans "));
  }

  @Test
  void whereTracesCannotGoKeepsTheMonitorFromStarting() throws Exception {
    List<String> arguments = new ArrayList<>(RunningMonitor.arguments(directory));
    arguments.addAll(List.of("--enable-tracing", "--tracing-endpoint", "127.0.0.1:4317"));
    Launched launched = Launched.run("conmonrs", arguments.toArray(String[]::new));
    assertThat(launched.exitStatus()).isEqualTo(2);
    assertThat(launched.output())
        .startsWith(
            "error: invalid value '127.0.0.1:4317' for '--tracing-endpoint <TRACING_ENDPOINT>':"
                + " not a URL\n");
  }

  @Test
  void aCollectorThatIsNotThereIsSpokenOfOnceAndCounted() throws Exception {
    try (ClosedPort nobody = ClosedPort.take()) {
      assertIsSpokenOfOnceAndCounted("http://127.0.0.1:" + nobody.number());
    }
  }

  private void assertIsSpokenOfOnceAndCounted(String endpoint) throws Exception {
    Process monitor =
        start(
            List.of(Launched.program("conmonj").toString()),
            List.of("--skip-fork", "--enable-tracing", "--tracing-endpoint", endpoint));
    try {
      for (int i = 0; lost() == 0; i++) {
        assertThat(i).isLessThan(600);
        tool("version");
        Thread.sleep(100);
      }
      long before = lost();
      RunningMonitor.await("more losses", () -> moreThan(before));
    } finally {
      monitor.destroy();
    }
    assertThat(monitor.waitFor()).isZero();
    String said = Files.readString(said());
    assertThat(said.lines().filter(line -> line.contains("traces are not exported to " + endpoint)))
        .hasSize(1);
    assertThat(said).doesNotContain("SEVERE").doesNotContain("at io.opentelemetry");
  }

  private boolean moreThan(long before) {
    try {
      tool("version");
      return lost() > before;
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private long lost() throws IOException, InterruptedException {
    Launched metrics = Launched.run("conmonjctl", "--runtime-dir", directory.toString(), "metrics");
    return metrics
        .output()
        .lines()
        .filter(line -> line.startsWith("conmonj_trace_spans_lost_total{reason=\"collector\"}"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /** What the Java VM says that it has loaded; its own options are those of the launcher. */
  private List<String> classesOfAContainersLife(String... more) throws Exception {
    Path lib = Launched.distribution().resolve("lib");
    Path log = work.resolve("classes");
    List<String> java =
        List.of(
            lib.resolve("holder/conmonj").toString(),
            "-",
            "-",
            lib.resolve("runtime/bin/conmonj").toString(),
            "-Dconmonj.holder.fd=3",
            "@" + lib.resolve("monitor.options"),
            "-XX:AOTCache=" + lib.resolve("monitor.aot"),
            "-Djava.library.path=" + lib.resolve("native"),
            "-Djffi.boot.library.path=" + lib.resolve("native"),
            "-Xlog:class+load:file=" + log,
            "-cp",
            lib.resolve("monitor.jar").toString(),
            "io.conmonj.monitor.cli.Main");
    Process monitor = start(java, List.of(more));
    try {
      Path bundle = Files.createDirectory(work.resolve("bundle"));
      Files.writeString(bundle.resolve("config.json"), "{}");
      tool("run", "box", bundle.toString());
      tool("exec-sync", "box", "true");
      Files.createFile(bundle.resolve("stop"));
      RunningMonitor.await("the exit", () -> Files.exists(directory.resolve("box.exit")));
      assertThat(opens(new MonitorFacts(monitor.pid()).worker(), "tracing.jar"))
          .isEqualTo(more.length > 0);
    } finally {
      monitor.destroy();
      monitor.waitFor();
    }
    List<String> classes = Files.readAllLines(log);
    assertThat(classes).anyMatch(line -> line.contains(" io.conmonj.monitor.cli.Main "));
    return classes;
  }

  private static boolean opens(ProcessFacts process, String file) {
    return process.descriptors().stream().anyMatch(each -> each.endsWith("/" + file));
  }

  private Process start(List<String> program, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("--runtime", RUNTIME, "--runtime-dir", directory.toString()));
    command.addAll(List.of("--log-driver", "stdout"));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said().toFile())
            .start();
    Path socket = directory.resolve("conmon.sock");
    RunningMonitor.await("the socket", () -> RunningMonitor.listens(socket));
    return process;
  }

  private Path said() {
    return work.resolve("said");
  }

  private void tool(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--runtime-dir", directory.toString()));
    all.addAll(List.of("--runtime", RUNTIME));
    all.addAll(List.of(arguments));
    Launched launched = Launched.run("conmonjctl", all.toArray(String[]::new));
    assertThat(launched.exitStatus()).as(launched.output()).isZero();
  }
}
