package io.conmonj.monitor.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonStringTest {
  @Test
  void plainTextStandsInQuotes() {
    assertThat(JsonString.of("")).isEqualTo("\"\"");
    assertThat(JsonString.of("a/b 'c'")).isEqualTo("\"a/b 'c'\"");
  }

  @Test
  void quotesAndBackslashesAreEscaped() {
    assertThat(JsonString.of("\"\\")).isEqualTo("\"\\\"\\\\\"");
  }

  @Test
  void everyControlCharacterIsEscapedByItsNumber() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < ' '; c++) {
      all.append(c);
    }
    String json = JsonString.of(all.toString());
    assertThat(json).startsWith("\"\\u0000\\u0001").contains("\\u000a", "\\u001f");
    assertThat(json.chars()).allMatch(c -> c >= ' ');
    assertThat(parsed(json)).isEqualTo(all.toString());
  }

  @Test
  void whatNeedsNoEscapeHasNone() {
    String delete = "\u007f";
    String lineSeparators = "\u2028\u2029";
    String beyondTheBasicPlane = "\ud83d\ude00";
    String text = delete + lineSeparators + beyondTheBasicPlane + "ä";
    assertThat(JsonString.of(text)).isEqualTo('"' + text + '"');
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMarkInUtf8AndNothingIsLostAroundIt() {
    byte[] bytes = JsonString.of("a\ud83db\ude00c").getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("\"a?b?c\"");
  }

  @Test
  void aStringIsAppendedToWhatIsThere() {
    StringBuilder json = new StringBuilder("[");
    JsonString.append(json, "a");
    assertThat(json).hasToString("[\"a\"");
  }

  @Property
  void aParserOfOthersReadsWhatWasWritten(@ForAll String text) throws IOException {
    assertThat(parsed(JsonString.of(text))).isEqualTo(text);
  }

  private static String parsed(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return parser.getText();
    }
  }
}
