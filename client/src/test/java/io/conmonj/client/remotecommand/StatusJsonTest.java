package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusJsonTest {
  private static ExecStatus read(String json) throws IOException {
    return StatusJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void skipsWhatItDoesNotKnow() throws IOException {
    assertThat(
            read(
                "{\"metadata\":{\"a\":[1,{\"b\":2}]},\"details\":{\"name\":\"x\",\"causes\":["
                    + "{\"field\":{\"x\":1},\"reason\":\"ExitCode\",\"message\":\"42\"},"
                    + "{\"message\":\"other\"}],\"uid\":\"y\"},\"reason\":\"NonZeroExitCode\","
                    + "\"status\":\"Failure\"}"))
        .isEqualTo(new ExecStatus.Exited(42));
  }

  @Test
  void aFailureForAnotherReasonIsNotAnExitCode() throws IOException {
    assertThat(
            read(
                "{\"status\":\"Failure\",\"message\":\"m\",\"details\":"
                    + "{\"causes\":[{\"message\":\"c\"}]}}"))
        .isEqualTo(new ExecStatus.Failed("m", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "-1", "x", "", "0x3"})
  void anExitCodeThatIsNoneIsAnErrorNotZero(String code) {
    assertThatThrownBy(
            () ->
                read(
                    "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\""
                        + ":[{\"reason\":\"ExitCode\",\"message\":\""
                        + code
                        + "\"}]}}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + code + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "text", "{\"status\":\"Succ", "null"})
  void whatIsNotAStatusIsAnErrorNotZero(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
  }

  @Test
  void anEmptyObjectIsAFailure() throws IOException {
    assertThat(read("{}")).isEqualTo(new ExecStatus.Failed("", ""));
  }
}
