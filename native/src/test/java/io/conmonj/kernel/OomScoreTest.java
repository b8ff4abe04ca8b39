package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OomScoreTest {
  /** What a process has when nobody asked for anything else. */
  private static final int NEUTRAL = 0;

  private int before;

  @BeforeEach
  void remember() throws Exception {
    before = OomScore.read();
  }

  @AfterEach
  void restore() throws Exception {
    OomScore.tryWrite(before);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(OomScore.tryWrite(before + 1)).isTrue();
    assertThat(OomScore.read()).isEqualTo(before + 1);
    assertThat(OomScore.tryWrite(before)).isTrue();
    assertThat(OomScore.read()).isEqualTo(before);
  }

  @Test
  void goingBelowTheStartIsGrantedOrRefusedWithoutChange() throws Exception {
    boolean granted = OomScore.tryWrite(OomScore.NEVER);
    assertThat(OomScore.read()).isEqualTo(granted ? OomScore.NEVER : before);
  }

  @Test
  void aValueOutsideTheRangeIsRefused() {
    assertThatThrownBy(() -> OomScore.tryWrite(1001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OomScore.tryWrite(-1001)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChildGetsItsOwnValueAndWeKeepOurs() throws Exception {
    Started child = start(before + 7);
    assertThat(child.problem()).isEmpty();
    assertThat(child.score()).isEqualTo(before + 7);
    assertThat(OomScore.read()).isEqualTo(before);
  }

  @Test
  void aProtectedMonitorsChildIsNotProtected() throws Exception {
    assumeTrue(OomScore.tryWrite(OomScore.NEVER), "lowering oom_score_adj needs CAP_SYS_RESOURCE");
    Started child = start(NEUTRAL);
    assertThat(child.problem()).isEmpty();
    assertThat(child.score()).isEqualTo(NEUTRAL);
    assertThat(OomScore.read()).isEqualTo(OomScore.NEVER);
  }

  @Test
  void aChildWhoseValueIsRefusedRunsAllTheSameAndTheRefusalIsTold() throws Exception {
    assumeFalse(OomScore.tryWrite(OomScore.NEVER), "with CAP_SYS_RESOURCE no value is refused");
    Started child = start(OomScore.NEVER);
    assertThat(child.problem()).contains("set oom_score_adj of a child to -1000: refused");
    assertThat(child.score()).isEqualTo(before);
  }

  @Test
  void aFailedStartGivesUsOurValueBack() throws Exception {
    assertThatThrownBy(() -> Spawn.program("/no/such").oomScore(before + 7).start())
        .hasMessageContaining("ENOENT");
    assertThat(OomScore.read()).isEqualTo(before);
  }

  private record Started(int score, Optional<String> problem) {}

  private static Started start(int score) throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Spawned child =
          Spawn.program("/bin/cat")
              .arguments(List.of("/proc/self/oom_score_adj"))
              .descriptor(1, pipe.writeEnd())
              .oomScore(score)
              .start();
      pipe.writeEnd().close();
      String output = Finished.readAll(pipe.readEnd());
      Finished.reap(child.pid());
      return new Started(Integer.parseInt(output.strip()), child.oomScoreProblem());
    }
  }
}
