package io.conmonj.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.version.BuildFacts;
import org.junit.jupiter.api.Test;

class VersionOutputTest {
  private static final BuildFacts FACTS =
      new BuildFacts("1.0.0", "", "abc", "2026-01-02", "linux-amd64", "Java \"25\"", "3.8", "a, b");

  @Test
  void theJsonHasTheKeysThatClientsReadAndIsOneLine() {
    assertThat(new VersionOutput(FACTS, false).json())
        .isEqualTo(
            "{\"verbose\":false,\"version\":\"1.0.0\",\"tag\":\"\",\"commit\":\"abc\","
                + "\"build_date\":\"2026-01-02\",\"target\":\"linux-amd64\","
                + "\"rust_version\":\"Java \\\"25\\\"\",\"cargo_version\":\"3.8\","
                + "\"cargo_tree\":\"\"}\n");
  }

  @Test
  void inFullItListsTheLibraries() {
    assertThat(new VersionOutput(FACTS, true).json())
        .contains("\"verbose\":true", "\"cargo_tree\":\"a, b\"");
    assertThat(new VersionOutput(FACTS, true).text()).endsWith("\n\nlibraries: a, b\n");
  }

  @Test
  void theTextSaysWhenThereIsNoTag() {
    assertThat(new VersionOutput(FACTS, false).text()).contains("\ntag: none\n");
  }

  @Test
  void theFactsOfThisBuildAreComplete() {
    BuildFacts facts = BuildFacts.load();
    assertThat(facts.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(facts.libraries()).contains("io.netty 4");
    assertThat(facts.toString()).doesNotContain("${", "null");
  }
}
