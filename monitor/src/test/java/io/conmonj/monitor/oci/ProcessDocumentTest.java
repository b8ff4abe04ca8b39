package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.WindowSize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessDocumentTest {
  private static final WindowSize SIZE = new WindowSize(97, 31);
  private static final String CONFIG =
      """
      {
        "ociVersion": "1.0.2",
        "process": {
          "terminal": false,
          "user": { "uid": 5, "gid": 6, "additionalGids": [ 10 ] },
          "args": [ "sh", "-c", "echo \\"}]{[\\" \\\\" ],
          "env": [ "PATH=/bin", "TERM=xterm" ],
          "cwd": "/",
          "capabilities": { "bounding": [ "CAP_KILL" ] },
          "noNewPrivileges": true
        },
        "root": { "path": "rootfs" }
      }
      """;

  @Test
  void onlyTheCommandAndTheTerminalDifferFromTheContainersOwnProcess() throws IOException {
    assertThat(ProcessDocument.of(CONFIG, ExecArguments.of(List.of("ls", "a \"b\"\n")), SIZE))
        .isEqualTo(
            "{\"terminal\":true,"
                + "\"user\":{ \"uid\": 5, \"gid\": 6, \"additionalGids\": [ 10 ] },"
                + "\"args\":[\"ls\",\"a \\\"b\\\"\\u000a\"],"
                + "\"env\":[ \"PATH=/bin\", \"TERM=xterm\" ],"
                + "\"cwd\":\"/\","
                + "\"capabilities\":{ \"bounding\": [ \"CAP_KILL\" ] },"
                + "\"noNewPrivileges\":true,"
                + "\"consoleSize\":{\"height\":31,\"width\":97}}");
  }

  @Test
  void environmentDirectoryUserAndGroupsAreSetOnTopOfTheContainersOwn() throws IOException {
    ExecArguments exec =
        new ExecArguments(
            List.of("id"), List.of("A=b"), Optional.of("/tmp"), Optional.of("7:8"), List.of("11"));
    assertThat(ProcessDocument.of(CONFIG, exec, SIZE))
        .contains("\"env\":[\"PATH=/bin\", \"TERM=xterm\",\"A=b\"]")
        .contains("\"cwd\":\"/tmp\"")
        .contains("\"user\":{\"uid\":7,\"gid\":8,\"additionalGids\":[10,11]}");
  }

  @Test
  void anEnvironmentThatIsNullIsAnEmptyOne() throws IOException {
    ExecArguments exec =
        new ExecArguments(
            List.of("id"), List.of("A=b"), Optional.empty(), Optional.empty(), List.of());
    assertThat(ProcessDocument.of("{\"process\":{\"env\":null}}", exec, SIZE))
        .contains("\"env\":[\"A=b\"]");
  }

  @Test
  void aUserThatIsNoNumberIsRefused() {
    ExecArguments exec =
        new ExecArguments(
            List.of("id"), List.of(), Optional.empty(), Optional.of("root"), List.of());
    assertThatThrownBy(() -> ProcessDocument.of(CONFIG, exec, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'root' is not a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "{",
        "{\"process\"",
        "{\"process\":",
        "{\"process\":{\"a\":1}",
        "{}",
        "{\"process\":{\"a\":\"x\\",
        "{\"process\":[1,2}"
      })
  void aConfigurationThatIsNoneIsAnErrorAndNothingElse(String config) {
    assertThatThrownBy(() -> ProcessDocument.of(config, ExecArguments.of(List.of("ls")), SIZE))
        .isInstanceOf(IOException.class);
  }
}
