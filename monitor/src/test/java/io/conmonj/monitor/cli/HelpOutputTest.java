package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HelpOutputTest {
  @Test
  void theHelpIsWordForWordWhatPeopleKnow() throws IOException {
    try (InputStream expected = HelpOutputTest.class.getResourceAsStream("help.txt")) {
      assertThat(HelpOutput.text())
          .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
