package io.conmonj.streaming.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.wire.StatusFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusMessageTest {

  @Test
  void successIsAStatusInJsonAndNothingInText() {
    for (Outcome good : new Outcome[] {new Outcome.Success(), new Outcome.Exited(0)}) {
      assertThat(status(good, StatusFormat.JSON))
          .isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
      assertThat(status(good, StatusFormat.TEXT_ON_FAILURE)).isEmpty();
    }
  }

  @Test
  void anExitCodeIsACauseInJsonAndASentenceInText() {
    assertThat(status(new Outcome.Exited(137), StatusFormat.JSON))
        .contains("\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"137\"}]");
    assertThat(status(new Outcome.Exited(3), StatusFormat.TEXT_ON_FAILURE))
        .isEqualTo("command terminated with non-zero exit code: exit code 3");
  }

  @Test
  void aReasonIsEscapedSoThatTheJsonStaysJson() {
    assertThat(status(new Outcome.Failed("a \"b\\c\"\n\t\0 é"), StatusFormat.JSON))
        .contains("container: a \\\"b\\\\c\\\"\\n\\u0009\\u0000 é\",\"reason\"");
  }

  private static String status(Outcome outcome, StatusFormat format) {
    return new String(StatusMessage.of(SessionKind.EXEC, outcome, format), StandardCharsets.UTF_8);
  }
}
