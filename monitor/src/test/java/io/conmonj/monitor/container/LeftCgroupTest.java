package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real runc, killed in the middle of a create: it has made a cgroup and knows no container yet. */
class LeftCgroupTest extends WithContainers {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  @Test
  void whenRuncIsKilledInTheMiddleOfACreateNoEmptyCgroupIsLeft() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    Path made = killRuncInTheMiddle(spec, spec.id());
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("signal 9");
    assertThat(Files.readString(made)).contains(spec.id());
    assertThat(cgroups(spec.id())).isEmpty();
  }

  @Test
  void aCgroupThatIsNotNamedForTheContainerStays() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
    CreateContainer spec = fixture.spec(false, false, "sleep", "100000");
    String shared = "conmonj-shared-" + ThisProcess.pid();
    killRuncInTheMiddle(spec, shared);
    assertThatThrownBy(() -> fixture.create(spec)).hasMessageContaining("signal 9");
    List<Path> left = cgroups(shared);
    assertThat(left).isNotEmpty();
    for (Path each : left) {
      remove(each);
    }
  }

  /** Waits for the container's process, which ends because runc has. */
  private static void remove(Path cgroup) {
    while (Files.exists(cgroup)) {
      try {
        Files.delete(cgroup);
      } catch (IOException busy) {
        Thread.onSpinWait();
      }
    }
  }

  /**
   * Has a hook kill runc when the cgroup is there.
   *
   * @return a file in which the hook writes the cgroups of the container's process before
   */
  private Path killRuncInTheMiddle(CreateContainer spec, String cgroup) throws IOException {
    Path made = directory.resolve("made");
    Path hook = directory.resolve("hook");
    // The state that a hook reads (OCI runtime specification, "Hooks") has the process's id.
    Files.writeString(
        hook,
        """
        pid=$(sed 's/.*"pid":\\([0-9]*\\).*/\\1/')
        cat /proc/$pid/cgroup >%s
        kill -9 $PPID
        """
            .formatted(made));
    Path config = Path.of(spec.arguments().bundle(), "config.json");
    String text = Files.readString(config);
    String changed =
        text.replace(
            "\"linux\": {",
            "\"hooks\": {\"createRuntime\": [{\"path\": \"/bin/sh\", \"args\": [\"sh\", \""
                + hook
                + "\"]}]}, \"linux\": {\"cgroupsPath\": \"/"
                + cgroup
                + "\",");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(config, changed);
    return made;
  }

  private static List<Path> cgroups(String name) throws IOException {
    try (Stream<Path> hierarchies = Files.list(ROOT)) {
      return Stream.concat(Stream.of(ROOT), hierarchies)
          .map(each -> each.resolve(name))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
