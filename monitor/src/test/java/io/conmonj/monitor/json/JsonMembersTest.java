package io.conmonj.monitor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
  private static Map<String, String> strings(String text, long limit) throws IOException {
    return JsonMembers.strings(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "annotations",
        "a.",
        limit);
  }

  private static Map<String, String> strings(String text) throws IOException {
    return strings(text, 1 << 20);
  }

  @Test
  void stringsOfTheObjectAreFoundWhateverStandsAroundThem() throws Exception {
    assertThat(
            strings(
                """
                {"ociVersion" : "1.0", "process":{"args":["{", "]\\"", 1.5e3, null],
                 "annotations":{"a.x":"not these"}},
                 "annotations" : { "b.y": "no", "a.once":"true" , "a.odd" : 5, "a.ä":"\\"漢" },
                 "hooks":[]}
                """))
        .containsEntry("a.once", "true")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " { \"x\" : [ ] } ", "{\"annotations\":null}", "{\"annotations\":{}}"})
  void whereThereIsNoneNoneIsFound(String text) throws Exception {
    assertThat(strings(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "5",
        "{",
        "{\"x",
        "{\"x\\",
        "{\"x\"",
        "{\"x\":",
        "{\"x\":}",
        "{\"x\":]}",
        "{\"x\":[",
        "{\"x\":1",
        "{\"x\":,\"y\":1}",
        "{\"annotations\":{\"a.x\":\"y\"",
        "{\"annotations\":{\"a.x\"}",
        "{x:1}",
        "{\"x\":{]"
      })
  void whatIsNoDocumentIsAnErrorAndNeverAnEndlessLoop(String text) {
    assertThatThrownBy(() -> strings(text)).isInstanceOf(IOException.class);
  }

  @Test
  void aLongStringIsPassedOverAndALongDocumentGivenUp() throws Exception {
    String text = "{\"annotations\":{\"a.long\":\"" + "x".repeat(1000) + "\",\"a.short\":\"y\"}}";
    assertThat(strings(text)).containsEntry("a.short", "y").containsEntry("a.long", "");
    assertThatThrownBy(() -> strings(text, 900)).hasMessageContaining("too long");
  }
}
