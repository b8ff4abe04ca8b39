package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.daemon.StartException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-l info | --runtime flag not set",
        "--runtime-dir /d | --runtime flag not set",
        "--runtime /none | --runtime-dir flag not set",
        "--runtime /none --runtime-dir /d | --runtime '/none' does not exist",
        "--runtime /none --runtime-dir /d --runtime-root /dev/null"
            + " | --runtime '/none' does not exist",
        "--runtime /bin/sh --runtime-dir /d --runtime-root /dev/null"
            + " | --runtime-root '/dev/null' does not exist",
      })
  void whatCannotBeServedIsRefusedInTheWordsThatClientsKnow(String arguments, String message) {
    assertThatThrownBy(() -> serve(arguments.split(" ")))
        .isInstanceOf(StartException.class)
        .hasMessage("create server: validate config: " + message);
  }

  @Test
  void aFlagThatCannotBeUnderstoodIsToldBeforeOneThatCannotBeMet() {
    assertThatThrownBy(() -> serve("--streaming-port=x"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("not a port");
    assertThatThrownBy(() -> serve("--attach-replay-bytes=x")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> serve("--exec-grace-period=x")).isInstanceOf(UsageException.class);
  }

  private static void serve(String... arguments) throws UsageException, StartException {
    Main.run(CommandLine.read(arguments, Map.of()));
  }
}
