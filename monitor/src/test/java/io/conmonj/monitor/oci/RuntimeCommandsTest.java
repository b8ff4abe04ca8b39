package io.conmonj.monitor.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimeCommandsTest {
  private static final RuntimeConfig RUNC =
      new RuntimeConfig("/usr/sbin/runc", Optional.of("/run/r"), "debug");

  private static String create(RuntimeConfig config, boolean systemd, Optional<String> console) {
    CreateArguments arguments =
        new CreateArguments("id", "/b", systemd, List.of("--debug"), List.of("--no-pivot"));
    return String.join(" ", new RuntimeCommands(config).create(arguments, console));
  }

  @Test
  void createHasGlobalArgumentsBeforeTheCommandAndItsOwnBehind() {
    assertThat(create(RUNC, false, Optional.empty()))
        .isEqualTo("--root=/run/r --debug create --bundle /b --pid-file /b/pidfile --no-pivot id");
  }

  @Test
  void aTerminalAddsTheConsoleSocketAndSystemdItsFlag() {
    assertThat(create(RUNC, true, Optional.of("/c.sock")))
        .isEqualTo(
            "--root=/run/r --systemd-cgroup --debug create --bundle /b --pid-file /b/pidfile"
                + " --no-pivot --console-socket=/c.sock id");
  }

  @Test
  void withoutARootTheRuntimeUsesItsOwn() {
    RuntimeConfig config = new RuntimeConfig("/usr/sbin/runc", Optional.empty(), "info");
    assertThat(create(config, false, Optional.empty())).startsWith("--debug create ");
  }

  @Test
  void crunIsToldWhereToLogAndHowMuch() {
    for (String[] level :
        new String[][] {
          {"debug", " --log-level=debug"},
          {"error", " --log-level=error"},
          {"warn", " --log-level=warning"},
          {"info", ""},
          {"trace", ""},
          {"off", ""}
        }) {
      RuntimeConfig crun = new RuntimeConfig("/usr/bin/crun", Optional.of("/r"), level[0]);
      assertThat(create(crun, false, Optional.empty()))
          .startsWith("--log=journald:id" + level[1] + " --root=/r --debug create");
    }
  }

  @Test
  void onlyARuntimeNamedExactlyCrunIsTakenForCrun() {
    RuntimeConfig wrapper = new RuntimeConfig("/opt/crun-wrapper", Optional.empty(), "info");
    assertThat(create(wrapper, false, Optional.empty())).doesNotContain("journald");
  }

  @Test
  void execIsDetachedAndKeepsTheCommandAsItIs() {
    List<String> line =
        new RuntimeCommands(RUNC)
            .exec(
                "id", false, ExecArguments.of(List.of("ls", "-l", "a b")), "/p", Optional.empty());
    assertThat(line)
        .containsExactly("--root=/run/r", "exec", "-d", "--pid-file=/p", "id", "ls", "-l", "a b");
  }

  @Test
  void execOnATerminalWithEverythingChangedSaysSo() {
    ExecArguments arguments =
        new ExecArguments(
            List.of("sh"),
            List.of("A=b c", "D="),
            Optional.of("/tmp"),
            Optional.of("7:8"),
            List.of("9", "10"));
    List<String> line =
        new RuntimeCommands(RUNC).exec("id", true, arguments, "/p", Optional.of("/c"));
    assertThat(line)
        .containsExactly(
            "--root=/run/r",
            "--systemd-cgroup",
            "exec",
            "-d",
            "--console-socket=/c",
            "--tty",
            "--pid-file=/p",
            "--env=A=b c",
            "--env=D=",
            "--cwd=/tmp",
            "--user=7:8",
            "--additional-gids=9",
            "--additional-gids=10",
            "id",
            "sh");
  }

  @Test
  void deleteIsForced() {
    assertThat(new RuntimeCommands(RUNC).delete("id", false))
        .containsExactly("--root=/run/r", "delete", "--force", "id");
  }
}
