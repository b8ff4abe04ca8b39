package io.conmonj.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetachKeysTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"ctrl-p,ctrl-q\", 1011",
        "ctrl-a, 01",
        "ctrl-z, 1a",
        "ctrl-@, 00",
        "ctrl-[, 1b",
        "ctrl-\\, 1c",
        "ctrl-], 1d",
        "ctrl-^, 1e",
        "ctrl-_, 1f",
        "\"a,Z,ctrl-c,x\", 615a0378",
      })
  void keysAreWrittenAsInDockerAndPodman(String text, String bytes) {
    DetachKeys keys = DetachKeys.parse(text);
    ByteBuf typed = Unpooled.buffer();
    keys.write(typed, keys.length());
    assertThat(ByteBufUtil.hexDump(typed)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\"",
        "\"a,\", \"\"",
        "ctrl-, ctrl-",
        "ctrl-A, ctrl-A",
        "ctrl-1, ctrl-1",
        "\"ctrl-p,ctrl-pq\", ctrl-pq",
        "ctrl+p, ctrl+p",
        "\"ctrl-p ctrl-q\", ctrl-p ctrl-q",
        "\"a, b\", \" b\"",
        "7, 7",
        "é, é",
        "DEL, DEL",
      })
  void anythingElseIsRefusedAndNamed(String text, String key) {
    assertThatThrownBy(() -> DetachKeys.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "detach keys '%s': it has the key '%s': neither a letter nor ctrl- and one of a to z"
                + " @ [ \\ ] ^ _",
            text, key);
  }

  @Test
  void noMoreThanSixteenKeysAreTaken() {
    assertThat(DetachKeys.parse("x,".repeat(15) + "x").length()).isEqualTo(16);
    String tooMany = "x,".repeat(16) + "x";
    assertThatThrownBy(() -> DetachKeys.parse(tooMany))
        .hasMessage("detach keys '%s': it has more than 16 keys", tooMany);
  }

  @Test
  void aSequenceMayBeginWithinOneThatFails() {
    DetachKeys keys = DetachKeys.parse("a,a,b");
    int matched = 0;
    for (char typed : "aaa".toCharArray()) {
      matched = keys.matched(matched, (byte) typed);
    }
    assertThat(matched).isEqualTo(2);
    assertThat(keys.matched(matched, (byte) 'b')).isEqualTo(keys.length());
  }

  @Test
  void theyNeedATerminalAndInput() {
    ExecOptions options =
        new ExecOptions(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(DetachKeys.parse("a")));
    for (Stdio stdio :
        List.of(new Stdio(true, true, true, false), new Stdio(false, true, false, true))) {
      assertThatThrownBy(() -> new ExecRequest("box", List.of("sh"), stdio, options))
          .hasMessage("detach keys need a terminal and stdin");
    }
  }
}
