package io.conmonj.it.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.metrics.MergedMetrics;
import io.conmonj.client.metrics.MetricsSocket;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.FreePort;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor counts, told over HTTP to Prometheus' own code and to the tool. */
@NeedsContainers
@Timeout(300)
class MetricsTest {
  @TempDir private Path directory;
  private BusyboxPod pod;
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = FreePort.find();
    pod = BusyboxPod.startQuietly(directory, "--metrics-address=127.0.0.1:" + port);
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
  }

  private Path socket() {
    return pod.monitor().runtimeDir().resolve("metrics.sock");
  }

  /** Both formats as Prometheus reads them; those of the text format as lines. */
  private List<String> scrape() {
    try {
      List<String> command = new ArrayList<>(ClientPrograms.command("metrics"));
      command.add(socket().toString());
      return lines(command, "");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> lines(List<String> command, String input) throws IOException {
    Process reader = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stdin = reader.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    }
    String said = new String(reader.getInputStream().readAllBytes(), UTF_8);
    assertThat(reader.onExit().join().exitValue()).as(said).isZero();
    return said.lines().toList();
  }

  private String get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
    }
  }

  @Test
  void theSocketIsItsOwnersAloneAndAQuietMonitorTellsThatItIsQuiet() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
    List<String> told = scrape();
    assertThat(told)
        .contains(
            "conmonj_containers{state=\"running\"} 0",
            "conmonj_containers{state=\"orphaned\"} 0",
            "conmonj_containers_created_total{} 0",
            "conmonj_sessions_limit{kind=\"all\"} 256",
            "conmonj_memory_held_bytes{account=\"output\"} 0",
            "conmonj_memory_limit_bytes{account=\"output\"} 10485760",
            "conmonj_memory_held_bytes{account=\"sessions\"} 0",
            "conmonj_sessions_ended_total{reason=\"finished\"} 0",
            "conmonj_sessions_refused_total{reason=\"token\"} 0",
            "conmonj_runtime_runs{state=\"running\"} 0")
        // The client asked for the version to join.
        .contains("conmonj_rpc_duration_seconds_count{method=\"version\"} 1");
    assertThat(told).anyMatch(line -> line.startsWith("conmonj_build_info{version=\""));
    assertThat(told).anyMatch(line -> line.matches("process_open_fds\\{} [1-9][0-9]+"));
    assertThat(told).anyMatch(line -> line.matches("process_resident_memory_bytes\\{} [0-9]{7,}"));
  }

  @Test
  void knownWorkIsCounted() throws Exception {
    PodContainer box =
        pod.container("sh", "-c", "echo one; echo two; printf part; cat")
            .create(it -> it.stdin(true))
            .start();
    PodContainer done = pod.container("sh", "-c", "exit 3").run();
    Await.until("one has ended", done::hasExited);
    PodContainer killed = pod.container("sleep", "1000").run();
    pod.runc().kill(killed.id(), "KILL");
    Await.until("the other was killed", killed::hasExited);
    Await.until("its lines are counted", () -> scrape().contains("conmonj_log_lines_total{} 2"));
    assertThat(box.execSync("true").exitCode()).isZero();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ContainerSession exec =
        Replies.await(
            pod.monitor()
                .exec(
                    ServeExecRequest.piped(box.id(), List.of("head", "-c", "5")),
                    StreamOptions.of(output, output)))) {
      exec.stdin().write("hello".getBytes(UTF_8));
      exec.status().get(60, TimeUnit.SECONDS);
      assertThat(output.toString(UTF_8)).isEqualTo("hello");
    }
    assertThat(
            Replies.await(pod.monitor().serveAttach(ServeAttachRequest.interact(box.id())))
                .toString())
        .startsWith("http://");
    Await.until(
        "the session is counted as ended",
        () -> scrape().contains("conmonj_sessions_ended_total{reason=\"finished\"} 1"));
    assertThat(scrape())
        .contains(
            "conmonj_containers_created_total{} 3",
            "conmonj_container_exits_total{result=\"failure\"} 1",
            "conmonj_container_exits_total{result=\"signal\"} 1",
            "conmonj_log_lines_total{} 2",
            "conmonj_log_write_errors_total{} 0",
            "conmonj_sessions_begun_total{kind=\"exec\",protocol=\"v5.channel.k8s.io\"} 1",
            "conmonj_sessions{kind=\"exec\",protocol=\"v5.channel.k8s.io\"} 0",
            "conmonj_session_received_bytes_total{kind=\"exec\"} 5",
            "conmonj_session_sent_bytes_total{kind=\"exec\"} 5",
            "conmonj_rpc_duration_seconds_count{method=\"createContainer\"} 3",
            "conmonj_rpc_duration_seconds_count{method=\"execSync\"} 1",
            "conmonj_rpc_failures_total{method=\"createContainer\"} 0");
  }

  @Test
  void aCallThatFailsIsCountedAsThat() throws Exception {
    assertThat(pod.monitor().endSession(77)).failsWithin(60, TimeUnit.SECONDS);
    assertThat(scrape()).contains("conmonj_rpc_failures_total{method=\"endSession\"} 1");
  }

  @Test
  void thePortTellsTheSameAndNothingElse() throws Exception {
    assertThat(get("/metrics")).contains("\nconmonj_containers_created_total 0\n");
    assertThat(get("/")).isEqualTo("status 404");
  }

  @Test
  void aSecondPodAtTheSamePortStartsAndTellsItsMetricsOnTheSocket() throws Exception {
    Path other = directory.resolve("other");
    try (BusyboxPod second =
        BusyboxPod.startQuietly(other, "--metrics-address=127.0.0.1:" + port)) {
      Path itsOwn = second.monitor().runtimeDir();
      assertThat(Replies.await(MetricsSocket.read(second.loop(), itsOwn)))
          .contains("\nconmonj_containers_created_total 0\n");
      pod.container("true").run();
      assertThat(get("/metrics")).contains("\nconmonj_containers_created_total 1\n");
    }
  }

  @Test
  void thoseOfANodeMakeOneTextThatPrometheusTakes() throws Exception {
    try (BusyboxPod _ = BusyboxPod.startQuietly(directory.resolve("other"))) {
      MergedMetrics merged = new MergedMetrics("pod");
      List<Path> found = MetricsSocket.findBelow(directory);
      for (Path each : found) {
        merged.add(
            directory.relativize(each).toString(),
            Replies.await(MetricsSocket.read(pod.loop(), each)));
      }
      assertThat(found).hasSize(2);
      List<String> command = new ArrayList<>(ClientPrograms.command("metrics"));
      command.add("-");
      assertThat(lines(command, merged.toString()))
          .contains(
              "conmonj_containers_created_total{pod=\"run\"} 0",
              "conmonj_containers_created_total{pod=\"other/run\"} 0");
    }
  }
}
