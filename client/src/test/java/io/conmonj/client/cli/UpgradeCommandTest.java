package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpgradeCommandTest extends CommandFixture {
  @Test
  void whatItWasAndIsNowIsTold() {
    assertThat(tool.run("upgrade", "/opt/conmonj")).isZero();
    assertThat(tool.out())
        .startsWith("upgraded from ")
        .endsWith(", /opt/conmonj-1.2.4; pause 83 ms, 2 sessions ended\n");
    assertThat(fake.requests()).contains("upgrade /opt/conmonj");
  }

  @Test
  void aHolderThatDoesNotFollowIsTold() {
    assertThat(tool.run("upgrade", "/opt/conmonj-of-old")).isZero();
    assertThat(tool.out())
        .endsWith(", 2 sessions ended; its holder stays the one before: it is too old\n");
  }

  @Test
  void withoutADirectoryTheMonitorFindsOne() {
    assertThat(tool.run("upgrade")).isZero();
    assertThat(fake.requests()).contains("upgrade ");
  }

  @Test
  void whyItCannotBeIsTold() {
    fake.failWith("its worker ended with 1");
    assertThat(tool.run("upgrade")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: upgrade the monitor: its worker ended with 1\n");
  }
}
