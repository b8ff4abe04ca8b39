package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.WindowSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResizeCommandTest extends CommandFixture {
  @Test
  void resizesToAGivenSize() {
    assertThat(tool.run("resize", "box", "120x40")).isZero();
    assertThat(fake.requests()).containsExactly("resize box 120x40");
  }

  @Test
  void resizesToTheSizeOfThisTerminal() {
    tool.terminal(new WindowSize(81, 25));
    assertThat(tool.run("resize", "box")).isZero();
    assertThat(fake.requests()).containsExactly("resize box 81x25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"120", "x", "0x10", "10x70000", "-1x5", "ax2"})
  void aSizeThatIsNoneIsRefused(String size) {
    assertThat(tool.run("resize", "box", "--", size)).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).startsWith("error: size '" + size + "': must be COLUMNSxROWS");
  }
}
