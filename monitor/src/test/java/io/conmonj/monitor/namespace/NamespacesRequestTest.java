package io.conmonj.monitor.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacesRequestTest {
  private static final Path BASE = Path.of("/var/run");
  private static final IdMappings IDS = new IdMappings(List.of("0 100000 65536"));

  private static NamespacesRequest of(String pod, IdMappings users, IdMappings groups) {
    return new NamespacesRequest(pod, BASE, List.of(NamespaceType.USER), users, groups);
  }

  @Test
  void theFilesAreNamedAsCallersExpect() {
    NamespacesRequest request = of("a.b", IDS, IDS);
    assertThat(request.path(NamespaceType.NET)).hasToString("/var/run/netns/a.b");
    assertThat(request.path(NamespaceType.USER)).hasToString("/var/run/userns/a.b");
    assertThat(request.pidFile()).hasToString("/var/run/conmonrs/a.b.pid");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "/", "a\0b"})
  void aPodIsNamedAsAFileCanBe(String pod) {
    assertThatThrownBy(() -> of(pod, IDS, IDS)).hasMessageEndingWith("is no name");
  }

  @Test
  void aPodHasAnIdAndNewUsersAreMapped() {
    assertThatThrownBy(() -> of("", IDS, IDS)).hasMessage("no pod ID provided");
    assertThatThrownBy(() -> of("a", IdMappings.NONE, IDS))
        .hasMessageContaining("user ID mappings are empty");
    assertThatThrownBy(() -> of("a", IDS, IdMappings.NONE))
        .hasMessageContaining("group ID mappings are empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0 1", "0 1 2 3", "a b c", "0 1 4294967296", "-1 0 5", "+1 0 5"})
  void aMappingIsThreeNumbersOfThirtyTwoBits(String line) {
    assertThatThrownBy(() -> new IdMappings(List.of("0 0 1", line)))
        .hasMessageStartingWith("mapping '" + line + "' has wrong format");
  }

  @Test
  void mappingsAreWrittenInOnePiece() {
    assertThat(new IdMappings(List.of("0 1 2", " 3  4 4294967295")).text())
        .isEqualTo("0 1 2\n 3  4 4294967295\n");
  }
}
