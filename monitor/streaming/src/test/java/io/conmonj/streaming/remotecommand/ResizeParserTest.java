package io.conmonj.streaming.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.TerminalSize;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResizeParserTest {
  private final List<TerminalSize> sizes = new ArrayList<>();
  private final ResizeParser parser = new ResizeParser(sizes::add);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Width\":80,\"Height\":24}",
        "{\"height\":24,\"width\":80}",
        " \n{ \"WIDTH\" : 80 , \"hEIGHT\"\t:\r24 }\n",
        "{\"Width\":1,\"Width\":80,\"Height\":24}",
        "{\"Width\":80,\"Height\":24,\"Pixels\":{\"a\":[1,\"}\",{}]},\"b\":\"\\\"}\",\"c\":1e3}",
        "{\"Width\":80,\"Height\":24,\"Width\":null}",
      })
  void aSizeIsReadHoweverItIsWritten(String json) {
    parse(json);
    assertThat(sizes).containsExactly(new TerminalSize(80, 24));
    assertThat(parser.hasFailed()).isFalse();
  }

  @Test
  void objectsFollowOneAnotherAndMayBeCutAnywhere() {
    String json =
        "{\"Width\":1,\"Height\":2}{\"Width\":3,\"Height\":4}\n{\"Width\":65535,\"Height\":6}";
    for (int i = 0; i < json.length(); i++) {
      parse(json.substring(i, i + 1));
    }
    assertThat(sizes)
        .containsExactly(
            new TerminalSize(1, 2), new TerminalSize(3, 4), new TerminalSize(65535, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"Width\":0,\"Height\":24}", "{\"Width\":80}", "{\"x\":1}"})
  void aSizeWithoutBothNumbersSaysNothingAndTheNextOneCounts(String json) {
    parse(json + "{\"Width\":80,\"Height\":24}");
    assertThat(sizes).containsExactly(new TerminalSize(80, 24));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "80",
        "\"Width\"",
        "{\"Width\":-1}",
        "{\"Width\":80.5}",
        "{\"Width\":65536}",
        "{\"Width\":99999999999999999999}",
        "{\"Width\":080}",
        "{\"Width\":\"80\"}",
        "{\"Width\":}",
        "{\"Width\"}",
        "{Width:80}",
        "{\"Width\":80,}",
        "{\"Width\":80 \"Height\":24}",
        "{,}",
        "{\"a\":}",
        "}",
      })
  void anythingElseEndsResizing(String json) {
    parse(json);
    parse("{\"Width\":80,\"Height\":24}");
    assertThat(sizes).isEmpty();
    assertThat(parser.hasFailed()).isTrue();
  }

  @Test
  void anObjectThatDoesNotEndIsGivenUpAndNotKept() {
    for (int i = 0; i < 100 && !parser.hasFailed(); i++) {
      parse("{\"a\":[" + " ".repeat(50));
    }
    assertThat(parser.hasFailed()).isTrue();
  }

  private void parse(String json) {
    parser.parse(Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
  }
}
