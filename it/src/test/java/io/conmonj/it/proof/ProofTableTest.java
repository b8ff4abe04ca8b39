package io.conmonj.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.it.pod.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofTableTest {
  private static final List<String> MODULES =
      List.of("native", "capnp-schema", "monitor/streaming", "monitor", "client", "it");

  @Test
  void everyTestThatTheTableNamesExists() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      Path tests = Distribution.project().resolve(module).resolve("src/test/java");
      try (Stream<Path> files = Files.walk(tests)) {
        sources.addAll(files.filter(file -> file.toString().endsWith("Test.java")).toList());
      }
    }
    List<String> names = ProofTable.FAILURES.names();
    assertThat(names).hasSizeGreaterThan(40);
    for (String name : names) {
      String[] parts = name.split("\\.", -1);
      assertThat(parts).as(name).hasSize(2);
      assertThat(sources)
          .as(name)
          .anyMatch(file -> file.endsWith(parts[0] + ".java") && has(file, parts[1]));
    }
  }

  private static boolean has(Path file, String method) {
    try {
      return Files.readString(file).contains(" " + method + "(");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
