package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a container's exit is told. */
class ContainerExitTest extends WithContainers {
  private static final int SMALL = 64 * 1024;

  @BeforeEach
  void start() throws Exception {
    fixture = ContainersFixture.withRunc(directory);
  }

  private CreateContainer spec(List<String> exitPaths, String... command) throws Exception {
    CreateContainer spec = fixture.spec(false, false, command);
    return ContainerDraft.like(spec).exitPaths(exitPaths).create();
  }

  @Test
  void anExitPathThatCannotBeIsToldWhenTheContainerIsCreatedAndTheIdStaysFree() throws Exception {
    Path exit = directory.resolve("exit");
    CreateContainer impossible = spec(List.of(exit.toString(), "/"), "true");
    assertThatThrownBy(() -> fixture.create(impossible))
        .hasMessage("exit path /: it is a directory");
    Container container =
        fixture.run(ContainerDraft.like(impossible).exitPaths(List.of(exit.toString())).create());
    assertThat(fixture.exit(container)).isZero();
    assertThat(exit).hasContent("0");
  }

  @Test
  void theExitOfAContainerIsToldOnceTheFullDiskHasRoomForIt() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, SMALL)) {
      Path watched = directory.resolve("watched");
      Path lasting = disk.path().resolve("exit");
      Path ballast = disk.fill(SMALL);
      Container container =
          fixture.run(spec(List.of(watched.toString(), lasting.toString()), "sh", "-c", "exit 42"));
      while (pending().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(watched).doesNotExist();
      Files.delete(ballast);
      assertThat(fixture.exit(container)).isEqualTo(42);
      assertThat(watched).hasContent("42");
      assertThat(lasting).hasContent("42");
      assertThat(pending()).isEmpty();
    }
  }

  private Collection<?> pending() throws Exception {
    return fixture.thread.call(() -> fixture.containers.unrecordedExits());
  }
}
