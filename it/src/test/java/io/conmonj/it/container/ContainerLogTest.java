package io.conmonj.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.LogConfig;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.CriLogFiles;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a container wrote is in its log when its exit is announced. */
@Timeout(300)
@NeedsContainers
class ContainerLogTest {
  private static final int LINES = 1_000_000;
  private static final int REOPENS = 10;

  @TempDir Path directory;
  private BusyboxPod pod;

  @BeforeEach
  void startPod() throws IOException {
    pod = BusyboxPod.start(directory);
  }

  @AfterEach
  void stopPod() throws IOException {
    pod.close();
  }

  @Test
  void aMillionLinesAreInTheLogTheMomentTheExitFileAppears() throws Exception {
    PodContainer container = pod.container("seq", "1", Integer.toString(LINES)).run();
    Await.until("exit file", container::hasExited);
    Path copy = directory.resolve("log-at-exit");
    Files.copy(container.log(), copy);
    assertThat(CriLogFiles.lines("stdout", List.of(copy))).isEqualTo(numbers());
    assertThat(container.exitCode()).isEqualTo("0");
  }

  @Test
  void aLogRenamedAndReopenedTenTimesKeepsEveryLineInOrder() throws Exception {
    PodContainer container = pod.container("seq", "1", Integer.toString(LINES)).run();
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= REOPENS; i++) {
      Await.until("log of its own", () -> size(container.log()) > 0 || container.hasExited());
      if (container.hasExited()) {
        break;
      }
      Path renamed = container.home().resolve("log." + i);
      Files.move(container.log(), renamed);
      files.add(renamed);
      Replies.await(pod.monitor().reopenLog(container.id()));
    }
    Await.until("exit file", container::hasExited);
    files.add(container.log());
    assertThat(CriLogFiles.lines("stdout", files)).isEqualTo(numbers());
    assertThat(files).as("reopens while it was writing").hasSize(REOPENS + 1);
  }

  @Test
  void aSizeLimitRotatesByRenamingAndCutsNoLine() throws Exception {
    PodContainer container = pod.container("seq", "1", "2000");
    long limit = 64 * 1024;
    container.create(it -> it.logDrivers(List.of(new LogConfig.Cri(container.log(), limit))));
    container.start();
    Await.until("exit file", container::hasExited);
    Path old = container.home().resolve("log.1");
    List<String> kept =
        CriLogFiles.lines("stdout", Stream.of(old, container.log()).filter(Files::exists).toList());
    assertThat(kept).isEqualTo(numbers(2000).subList(2000 - kept.size(), 2000));
    assertThat(size(old)).isBetween(limit - 64, limit);
    assertThat(size(container.log())).isBetween(1L, limit);
  }

  @Test
  void bothStreamsAreToldApart() throws Exception {
    PodContainer container = pod.container("sh", "-c", "echo one; echo two >&2").run();
    Await.until("exit file", container::hasExited);
    assertThat(CriLogFiles.lines("stdout", List.of(container.log()))).containsExactly("one");
    assertThat(CriLogFiles.lines("stderr", List.of(container.log()))).containsExactly("two");
  }

  @Test
  void aLogInJsonBesideOneOfTheCriHasAllOfItTooAndIsReopenedWithIt() throws Exception {
    PodContainer container =
        pod.container("sh", "-c", "printf '  one\\n\\303'; echo two >&2; read x; echo three");
    Path json = container.home().resolve("log.json");
    container.create(
        it ->
            it.stdin(true)
                .terminal(false)
                .logDrivers(
                    List.of(new LogConfig.Cri(container.log(), 0), new LogConfig.Json(json, 0))));
    container.start();
    Await.until("first lines", () -> contentOf(json).contains("two"));
    Await.until("first lines", () -> contentOf(json).contains("partial"));
    Path renamed = Files.move(json, container.home().resolve("log.json.1"));
    Replies.await(pod.monitor().reopenLog(container.id()));
    pod.runc().kill(container.id(), "KILL");
    Await.until("exit file", container::hasExited);
    assertThat(contentOf(renamed).lines().toList())
        .anyMatch(line -> line.endsWith(",\"pipe\":\"stdout\",\"message\":\"  one\"}"))
        .anyMatch(line -> line.endsWith(",\"pipe\":\"stdout\",\"message\":\"\",\"partial\":true}"))
        .anyMatch(line -> line.endsWith(",\"pipe\":\"stderr\",\"message\":\"two\"}"))
        .hasSize(3);
    assertThat(contentOf(json)).endsWith(",\"pipe\":\"stdout\",\"message\":\"\ufffd\"}\n");
    assertThat(Files.readString(container.log(), StandardCharsets.ISO_8859_1))
        .contains(" stdout F   one\n", " stdout P \u00c3\n", " stderr F two\n");
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      return "";
    }
  }

  private static List<String> numbers() {
    return numbers(LINES);
  }

  private static List<String> numbers(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException missing) {
      return 0;
    }
  }
}
