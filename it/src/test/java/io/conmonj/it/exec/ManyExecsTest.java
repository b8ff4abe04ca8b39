package io.conmonj.it.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many commands, and what the monitor has left of them afterwards. */
@Timeout(600)
@NeedsContainers
class ManyExecsTest {
  private static final int IN_TURN = 300;
  private static final int AT_ONCE = 50;

  @TempDir Path directory;
  private BusyboxPod pod;
  private PodContainer container;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
    container = pod.container("sleep", "1000000").run();
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void threeHundredInTurnAndFiftyAtOnceLeaveNothingBehind() throws Exception {
    runOne(0); // starts what is started on first use: the server's socket, the random source
    List<String> descriptors = pod.process().descriptors();
    int threads = pod.process().threads();

    for (int i = 0; i < IN_TURN; i++) {
      runOne(i);
    }
    runAtOnce();

    Await.until(
        "descriptors as before, " + descriptors.size() + ": " + descriptors,
        () -> pod.process().descriptors().size() <= descriptors.size());
    Await.until("threads as before, " + threads, () -> pod.process().threads() <= threads);
    assertThat(pod.options().runtimeDir().toFile().list())
        .as("files in the monitor's directory")
        .noneMatch(name -> name.startsWith("exec"));
  }

  private void runAtOnce() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = i;
        runs.add(
            clients.submit(
                () -> {
                  runOne(number);
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  private void runOne(int number) throws Exception {
    int code = number % 200;
    RemoteCommand.Result result =
        RemoteCommand.run(
            pod, container, "sh", "-c", "echo out " + number + "; echo err >&2; exit " + code);
    assertThat(result)
        .isEqualTo(
            new RemoteCommand.Result("out " + number + "\n", "err\n", new ExecStatus.Exited(code)));
  }
}
