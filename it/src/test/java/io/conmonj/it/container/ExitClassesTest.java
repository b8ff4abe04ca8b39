package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first exit of a monitor is announced as fast as all others: what it takes is in the AOT
 * cache, which is made by a monitor that has seen a container's life.
 */
@NeedsContainers
@Timeout(300)
class ExitClassesTest {
  private static final String CACHE = "-XX:AOTCache=";

  /** Where the launcher looks for what it starts. */
  private static final String LIBRARIES = "${self%/*}/../lib";

  /** How the VM's log of loaded classes names the cache. */
  private static final String FROM_THE_CACHE = "source: shared objects file";

  @TempDir private Path directory;

  @Test
  void noClassIsSoughtOrGeneratedBetweenADeathAndItsExitFile() throws Exception {
    Path classes = directory.resolve("classes");
    try (BusyboxPod pod = BusyboxPod.startBy(launcher(classes), directory)) {
      PodContainer container =
          pod.container("sh", "-c", "while [ ! -e /tmp/go ]; do usleep 10000; done; exit 7").run();
      assertThat(container.execSync("true").exitCode()).isZero();
      int before = lines(classes).size();
      assertThat(lines(classes)).anyMatch(line -> line.contains(FROM_THE_CACHE));
      Files.createFile(container.root().resolve("tmp/go"));
      Await.until("exit file", container::hasExited);
      List<String> after = lines(classes);
      assertThat(container.exitCode()).isEqualTo("7");
      assertThat(after.subList(before, after.size()))
          .as("classes loaded for the exit")
          .allMatch(line -> line.contains(FROM_THE_CACHE));
      // What a session takes is not in the cache, and so is seen.
      assertThat(
              Replies.await(
                  pod.monitor().serveExec(ServeExecRequest.piped(container.id(), List.of("true")))))
          .isNotNull();
      List<String> later = lines(classes);
      assertThat(later.subList(after.size(), later.size()))
          .anyMatch(line -> !line.contains(FROM_THE_CACHE));
    }
  }

  /** The distribution's own, but that the VM says which classes it loads, and from where. */
  private Path launcher(Path classes) throws IOException {
    String text = Files.readString(Distribution.program("conmonj"));
    assertThat(text).contains(CACHE).contains(LIBRARIES);
    Path launcher =
        Files.writeString(
            directory.resolve("conmonj"),
            text.replace(LIBRARIES, Distribution.directory().resolve("lib").toString())
                .replace(CACHE, "-Xlog:class+load:file=" + classes + "\" \"" + CACHE));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }

  /** Those that are whole: the VM goes on writing. */
  private static List<String> lines(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
