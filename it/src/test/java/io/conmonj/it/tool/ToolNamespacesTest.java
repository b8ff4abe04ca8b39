package io.conmonj.it.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces that are made by the tool. */
@Timeout(300)
@NeedsContainers
class ToolNamespacesTest {
  private static final List<String> TYPES = List.of("ipc", "pid", "net", "user", "uts");

  @TempDir private Path directory;

  private ToolRun tool(String script) throws Exception {
    return ToolRun.of(directory, directory.resolve("run"), script, directory.toString());
  }

  @AfterEach
  void stop() throws Exception {
    tool("$tool stop");
  }

  private Path pin(String type) {
    return directory.resolve("base/" + type + "ns/pod-1");
  }

  private boolean isOwn(String type) throws IOException {
    return Files.isSameFile(pin(type), Path.of("/proc/self/ns", type));
  }

  @Test
  void thoseThatAreAskedForAreNewAndTheOthersAreTheMonitorsUntilItEnds() throws Exception {
    ToolRun made = tool("$tool namespaces --net --uts --base-path $1/base pod-1");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .isEqualTo(
            "TYPE   PATH\nipc    %s\npid    %s\nnet    %s\nuser   %s\nuts    %s\n"
                .formatted(TYPES.stream().map(this::pin).toArray()));
    for (String type : TYPES) {
      assertThat(isOwn(type)).as(type).isEqualTo(!List.of("net", "uts").contains(type));
    }
    assertThat(tool("$tool stop").code()).isZero();
    for (String type : TYPES) {
      assertThat(pin(type)).doesNotExist();
    }
  }

  @Test
  void usersAndGroupsAreMapped() throws Exception {
    ToolRun made =
        tool(
            "$tool -o json namespaces --user --pid -u '0 100000 1000' -g '0 200000 1000'"
                + " -p $1/base pod-1");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .startsWith("{\"namespaces\":[{\"type\":\"ipc\",\"path\":\"" + pin("ipc") + "\"}");
    ToolRun maps =
        tool("nsenter --user=" + pin("user") + " cat /proc/self/uid_map /proc/self/gid_map");
    assertThat(maps.out().split("\\s+")).contains("100000", "200000");
  }

  @Test
  void aFailureIsTheMonitorsTextAndLeavesNoMonitorThatWasStartedForIt() throws Exception {
    assertThat(tool("$tool namespaces --user -p $1/base pod-1"))
        .isEqualTo(
            new ToolRun(
                1,
                "",
                "error: create namespaces for pod pod-1: init pause: user ID mappings are"
                    + " empty\n"));
    assertThat(directory.resolve("run/conmon.sock")).doesNotExist();
  }
}
