package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.NeedsContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The subcommand {@code pause}: namespaces for a pod, without a monitor. */
@Timeout(120)
@NeedsContainers
class PauseTest {
  private static final List<String> TYPES = List.of("ipc", "pid", "net", "user", "uts");
  private static final String USAGE =
      "\n\nUsage: conmonj pause [OPTIONS] --pod-id <POD_ID>\n\nFor more information, try '--help'.\n";

  @TempDir Path base;

  @AfterEach
  void end() throws Exception {
    if (Files.exists(pidFile())) {
      signal("KILL");
      awaitRemoved();
    }
  }

  private Launched pause(String... flags) throws Exception {
    String[] arguments = new String[flags.length + 3];
    arguments[0] = "pause";
    arguments[1] = "--base-path=" + base;
    arguments[2] = "--pod-id=pod.1";
    System.arraycopy(flags, 0, arguments, 3, flags.length);
    return Launched.run("conmonrs", arguments);
  }

  private Path pidFile() {
    return base.resolve("conmonrs/pod.1.pid");
  }

  private String pid() throws IOException {
    return Files.readString(pidFile());
  }

  private Path pin(String type) {
    return base.resolve(type + "ns/pod.1");
  }

  private void signal(String name) throws Exception {
    assertThat(Launched.run(Map.of(), List.of("sh", "-c", "kill -" + name + " " + pid())))
        .isEqualTo(new Launched(0, ""));
  }

  private void awaitRemoved() throws IOException {
    RunningMonitor.await("removal of the files", () -> Files.notExists(pidFile()));
    for (String type : TYPES) {
      assertThat(pin(type)).doesNotExist();
    }
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(base.toString());
  }

  private void assertPinned(String... fresh) throws IOException {
    Path process = Path.of("/proc", pid(), "ns");
    for (String type : TYPES) {
      assertThat(Files.isSameFile(pin(type), process.resolve(type))).as(type).isTrue();
      assertThat(Files.isSameFile(pin(type), Path.of("/proc/self/ns", type)))
          .as("the caller's own " + type)
          .isEqualTo(!List.of(fresh).contains(type));
    }
  }

  @Test
  void whatIsAskedForIsNewAndStaysUntilASignalEndsIt() throws Exception {
    assertThat(pause("--ipc", "--pid", "--net", "--uts")).isEqualTo(new Launched(0, ""));
    assertPinned("ipc", "pid", "net", "uts");
    assertThat(pause("--net").output())
        .contains("process " + pid() + " stays in namespaces of pod pod.1 already");
    signal("TERM");
    awaitRemoved();
  }

  @Test
  void usersAndGroupsAreMappedAndTheSameIdCanBeUsedAgain() throws Exception {
    List<String> maps = List.of("-u", "0 100000 10", "-u", "10 300000 1", "-g=0 200000 10");
    String[] flags = {
      "--user", "--pid", maps.get(0), maps.get(1), maps.get(2), maps.get(3), maps.get(4)
    };
    for (String signal : List.of("INT", "QUIT")) {
      assertThat(pause(flags)).isEqualTo(new Launched(0, ""));
      assertPinned("user", "pid");
      assertThat(fields("uid_map")).containsExactly("0", "100000", "10", "10", "300000", "1");
      assertThat(fields("gid_map")).containsExactly("0", "200000", "10");
      signal(signal);
      awaitRemoved();
    }
  }

  private String[] fields(String map) throws IOException {
    return Files.readString(Path.of("/proc", pid(), map)).strip().split("\\s+");
  }

  @Test
  void theCallersOwnArePinnedToo() throws Exception {
    assertThat(pause()).isEqualTo(new Launched(0, ""));
    assertPinned();
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() throws Exception {
    assertThat(Launched.run("conmonj", "pause"))
        .isEqualTo(
            new Launched(
                2,
                "error: the following required arguments were not provided:\n  --pod-id <POD_ID>"
                    + USAGE));
    assertThat(pause("--user").output())
        .isEqualTo(
            "error: the following required arguments were not provided:\n"
                + "  --uid-mappings <UID_MAPPINGS>\n  --gid-mappings <GID_MAPPINGS>"
                + USAGE);
    assertThat(pause("--mount"))
        .isEqualTo(new Launched(2, "error: unexpected argument '--mount' found" + USAGE));
    assertThat(pause("--user", "-u=0 0", "-g", "0 0 1"))
        .isEqualTo(
            new Launched(
                1,
                "error: run pause: mapping '0 0' has wrong format, expected 'CONTAINER_ID HOST_ID"
                    + " SIZE'\n"));
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void variablesStandForFlags() throws Exception {
    Map<String, String> variables =
        Map.of("CONMON_PAUSE_BASE_PATH", base.toString(), "CONMON_PAUSE_POD_ID", "pod.1");
    List<String> command = List.of(Launched.program("conmonrs").toString(), "pause", "--uts");
    assertThat(Launched.run(variables, command)).isEqualTo(new Launched(0, ""));
    assertPinned("uts");
  }

  @Test
  void aStepThatFailsIsNamedAndNothingIsLeft() throws Exception {
    Files.createFile(base.resolve("netns"));
    Launched failed = pause("--net");
    assertThat(failed.exitStatus()).isEqualTo(1);
    assertThat(failed.output())
        .startsWith("error: run pause: init pause: pin net namespace at " + pin("net"));
    assertThat(pidFile()).doesNotExist();
    assertThat(pin("ipc")).doesNotExist();
  }
}
