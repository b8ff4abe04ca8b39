package io.conmonj.it.crio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each spec of critest that has to do with a monitor is a test here, which is that it passed. */
@NeedsCrio
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CritestContract {
  private static final String STREAMS =
      "[k8s.io] Streaming runtime should support streaming interfaces runtime should support ";

  private static final int TRIES = 3;

  private CrioNode node;
  private CrioPrograms programs;
  private Critest critest;

  /** What the node has for {@code stream_websockets}. */
  abstract boolean webSockets();

  /** Which are run, over SPDY: a regular expression (RE2) for their names. */
  abstract String focus();

  /** The names of those that {@link #focus} chooses. */
  abstract Stream<String> specs();

  /**
   * Those that test what CRI-O does alone, and does not always do: one that fails has more tries.
   */
  Stream<String> unreliable() {
    return Stream.empty();
  }

  /** The names of those of exec and attach. */
  static Stream<String> execAndAttach() {
    return Stream.of(
            "exec with tty=false and stdin=false [Conformance]",
            "exec with tty=true and stdin=true [Conformance]",
            "attach [Conformance]")
        .map(STREAMS::concat);
  }

  /** The names of those of exec, attach and port-forward. */
  static Stream<String> streams() {
    return Stream.concat(
        execAndAttach(),
        Stream.of("portforward [Conformance]", "portforward in host network").map(STREAMS::concat));
  }

  @BeforeAll
  void runAll(@TempDir Path directory) throws Exception {
    programs = CrioPrograms.built();
    node = CrioNode.start(programs, directory, webSockets(), Critest.IMAGES);
    critest = run(focus());
    for (String spec : unreliable().toList()) {
      for (int i = 0; i < TRIES && !"passed".equals(critest.specs().get(spec)); i++) {
        critest = critest.and(run("\\Q" + spec + "\\E"));
      }
    }
  }

  /** Runs more, with flags. */
  Critest run(String focus, String... flags) throws IOException, InterruptedException {
    return Critest.run(node, programs, focus, List.of(flags));
  }

  @AfterAll
  void stopNode() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void passes(String spec) {
    assertThat(critest.specs()).containsEntry(spec, "passed");
  }

  @Test
  void noOtherSpecWasRun() {
    assertThat(critest.specs()).containsOnlyKeys(specs().toList());
  }
}
