package io.conmonj.it.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriLinesTest {
  @TempDir Path directory;

  @Test
  void aLineThatBeginsInOneFileAndEndsInTheNextIsOneLine() throws Exception {
    Path first = file("first", "t stdout F 545", "t stdout P 54");
    Path second = file("second", "t stderr F 6", "t stdout F 6", "t stdout F 547", "t stdout P 5");
    CriLines lines = new CriLines("stdout");
    assertThat(lines.endingIn(first)).containsExactly("545");
    assertThat(lines.unfinished()).contains("54");
    assertThat(lines.endingIn(second)).containsExactly("546", "547");
    assertThat(lines.unfinished()).contains("5");
    assertThat(CriLogFiles.lines("stdout", List.of(first, second)))
        .containsExactly("545", "546", "547", "5");
  }

  private Path file(String name, String... entries) throws Exception {
    return Files.write(directory.resolve(name), List.of(entries));
  }
}
