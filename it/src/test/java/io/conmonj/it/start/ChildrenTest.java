package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.CreateContainerRequest;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs that the monitor starts have of their own process when they begin. */
class ChildrenTest {
  /** Notes what it was started with, and fails. Its shell's own variables do not count. */
  private static final String RUNTIME =
      """
      #!/bin/sh
      exec >"${0%/*}/seen" 2>&1
      env | grep -v -e '^PWD=' -e '^OLDPWD=' -e '^_=' -e '^SHLVL=' | sort
      cat /proc/self/coredump_filter /proc/self/oom_score_adj /proc/self/limits /proc/self/timerslack_ns
      nice
      umask
      pwd
      grep -e SigBlk -e SigCgt /proc/self/status
      grep SigIgn /proc/self/status >"${0%/*}/ignored"
      exit 1
      """;

  /** An environment and limits that are not those of the Java VM. */
  private static final String CALLER =
      """
      echo 0x7 >/proc/self/coredump_filter
      umask 022
      ulimit -n 700
      exec "$@"
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "LC_ALL", "C",
          "LANG", "de_DE.ISO-8859-1",
          "MALLOC_ARENA_MAX", "3",
          "GLIBC_TUNABLES", "glibc.malloc.tcache_count=6",
          "JAVA_TOOL_OPTIONS", "-Xmx65m -Dname=\"a 'b' $c\"",
          "_JAVA_OPTIONS", "",
          "CONMON_LOG_LEVEL", "info");

  @TempDir Path work;

  @Test
  void aRuntimeSeesWhatOneThatAShellStartsWouldSee() throws Exception {
    Path runtime = Files.writeString(work.resolve("runtime"), RUNTIME);
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    caller(List.of("sh", "-c", "cd / && exec \"$1\"", "sh", runtime.toString()));
    String fromAShell = Files.readString(work.resolve("seen"));
    assertThat(fromAShell)
        .contains("MALLOC_ARENA_MAX=3")
        .contains("tcache_count=6\n")
        .contains("00000007");

    Path directory = work.resolve("run");
    assertThat(
            caller(
                List.of(
                    Launched.program("conmonj").toString(),
                    "--runtime",
                    runtime.toString(),
                    "--runtime-dir",
                    directory.toString(),
                    "--log-driver",
                    "none")))
        .isEqualTo(new Launched(0, ""));
    Files.delete(work.resolve("seen"));
    try (RunningMonitor monitor = new RunningMonitor(directory);
        ClientLoop loop = new ClientLoop();
        Monitor client = Monitor.join(loop, directory)) {
      assertThat(client.processId()).isEqualTo(monitor.pid());
      CreateContainerRequest any = CreateContainerRequest.builder("any", work).build();
      assertThatThrownBy(() -> Replies.await(client.createContainer(any)))
          .isInstanceOf(IOException.class);
    }
    assertThat(work.resolve("seen")).hasContent(fromAShell);
    assertThat(work.resolve("ignored")).hasContent("SigIgn:\t0000000000000000\n");
  }

  private static Launched caller(List<String> command) throws Exception {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", CALLER, "sh"));
    shell.addAll(command);
    return Launched.run(ENVIRONMENT, shell);
  }
}
