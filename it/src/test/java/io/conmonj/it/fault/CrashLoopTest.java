package io.conmonj.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import io.conmonj.it.proc.ProcessFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that end at once, each as it is started. */
@Timeout(240)
@NeedsContainers
class CrashLoopTest {
  private static final String NUMBERS =
      "trap 'echo PIPE > /tmp/seen' PIPE; trap 'echo HUP > /tmp/seen' HUP; i=0;"
          + " while [ ! -e /tmp/stop ]; do i=$((i + 1)); echo $i; usleep 5000; done;"
          + " echo $i > /tmp/total; exit 4";

  @TempDir Path directory;

  @Test
  void containersNoticeNothingAndAllIsAsBeforeOnceAWorkerCanStart() throws Exception {
    DistributionCopy distribution =
        DistributionCopy.make(directory.resolve("distribution")).withHolder("-DRETRY=(3*SECOND)");
    try (LoggedPod it = LoggedPod.start(distribution.launcher(), directory)) {
      PodContainer writer = it.pod().container("sh", "-c", NUMBERS).run();
      PodContainer terminal = it.pod().terminalContainer("sh", "-c", NUMBERS).run();
      PodContainer ending =
          it.pod()
              .container("sh", "-c", "until [ -e /tmp/end ]; do usleep 20000; done; exit 9")
              .run();
      distribution.breakWorkers();
      it.killWorker();
      it.awaitSaid("workers end again and again (5 times so far): tried once a minute from now on");
      it.awaitSaid("workers end again and again (7 times so far)");
      assertThat(new ProcessFacts(it.pod().monitor().processId()).isAlive()).isTrue();
      for (PodContainer each : List.of(writer, terminal)) {
        assertThat(new ProcessFacts(each.pid()).isAlive()).isTrue();
        assertThat(each.root().resolve("tmp/seen")).doesNotExist();
      }
      Files.createFile(ending.root().resolve("tmp/end"));
      Await.until("its end", () -> !new ProcessFacts(ending.pid()).isAlive());

      distribution.mendWorkers();
      it.reconnect();
      Await.until("the exit from when there was no worker", ending::hasExited);
      assertThat(ending.exitCode()).isEqualTo("9");
      assertThat(writer.execSync("echo", "hello").stdout()).isEqualTo("hello\n");
      for (PodContainer each : List.of(writer, terminal)) {
        Files.createFile(each.root().resolve("tmp/stop"));
        Await.until("its exit", each::hasExited);
        assertThat(each.exitCode()).isEqualTo("4");
        assertThat(each.root().resolve("tmp/seen")).doesNotExist();
        int total = Integer.parseInt(Files.readString(each.root().resolve("tmp/total")).strip());
        assertThat(CriLogFiles.lines("stdout", List.of(each.log())).stream().map(String::strip))
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, total).mapToObj(Integer::toString).toList());
      }
    }
  }
}
