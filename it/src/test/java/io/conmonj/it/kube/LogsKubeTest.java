package io.conmonj.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.CriLogFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** {@code kubectl logs}, and the logs that the kubelet rotates. */
@NeedsKube
class LogsKubeTest {
  private static final int ROTATIONS = 3;

  private final KubeNode node;

  LogsKubeTest(KubeNode node) {
    this.node = node;
  }

  @Test
  void whoFollowsTheLogOfAContainerSeesItsEnd() throws Exception {
    String script = "echo first; until [ -e /go ]; do sleep 0.1; done; seq 1 1000; echo last";
    try (KubePod pod = KubePod.run(node, "followed", script);
        AttachedKubectl reader = node.kubectl().onPipes("logs", "-f", pod.name())) {
      reader.awaitShown("first");
      node.kubectl().run("exec", pod.name(), "--", "touch", "/go");
      assertThat(reader.awaitEnd()).isZero();
      assertThat(reader.shown().lines()).hasSize(1002).last().isEqualTo("last");
    }
  }

  @Test
  void theKubeletRotatesALogAndNoLineIsLost() throws Exception {
    String script =
        "i=0; while [ ! -e /stop ]; do echo $i; i=$((i+1)); [ $((i%100)) != 0 ] || sleep 0.05; done;"
            // whoever has made the file ends meanwhile: the end of the container would kill him
            + " sleep 1; echo last";
    try (KubePod pod = KubePod.run(node, "rotated", script)) {
      Await.until("rotations of the log", () -> files(pod).size() > ROTATIONS);
      node.kubectl().run("exec", pod.name(), "--", "touch", "/stop");
      pod.awaitEnd();
      List<String> lines = CriLogFiles.lines("stdout", unpacked(files(pod)));
      assertThat(lines).last().isEqualTo("last");
      for (int i = 0; i < lines.size() - 1; i++) {
        assertThat(lines.get(i)).isEqualTo(Integer.toString(i));
      }
    }
  }

  /**
   * Files of a pod's log, the oldest first: the kubelet adds the time of the rotation to names, and
   * packs a file beside it before it removes it.
   */
  private List<Path> files(KubePod pod) {
    try (Stream<Path> pods = Files.list(node.directory().resolve("kube/logs"))) {
      Path home =
          pods.filter(directory -> directory.toString().contains("_" + pod.name() + "_"))
              .findFirst()
              .orElseThrow()
              .resolve("main");
      try (Stream<Path> all = Files.list(home)) {
        Set<String> names =
            all.map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".tmp"))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeIf(name -> names.contains(name + ".gz"));
        List<Path> files = new ArrayList<>(names.stream().map(home::resolve).toList());
        // That which is written has no time in its name, and so comes first.
        files.add(files.removeFirst());
        return files;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> unpacked(List<Path> files) throws IOException {
    List<Path> plain = new ArrayList<>();
    for (Path file : files) {
      plain.add(file.toString().endsWith(".gz") ? unpacked(file) : file);
    }
    return plain;
  }

  private Path unpacked(Path file) throws IOException {
    Path plain = Files.createTempFile(node.directory(), "log-", ".txt");
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
      Files.write(plain, packed.readAllBytes());
    }
    return plain;
  }
}
