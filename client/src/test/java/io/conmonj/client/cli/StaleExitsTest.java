package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleExitsTest {
  @TempDir private Path directory;

  @Test
  void theEndOfTheNewContainerStays() throws Exception {
    Path told = Files.writeString(directory.resolve("told"), "1");
    Path old = Files.writeString(directory.resolve("old"), "1");
    Path none = directory.resolve("none");
    StaleExits stale = new StaleExits(List.of(told, old, none));
    Path staged = Files.writeString(directory.resolve("staged"), "2");
    Files.move(staged, told, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(none, "2");
    stale.remove();
    assertThat(told).hasContent("2");
    assertThat(none).hasContent("2");
    assertThat(old).doesNotExist();
    stale.remove();
  }
}
