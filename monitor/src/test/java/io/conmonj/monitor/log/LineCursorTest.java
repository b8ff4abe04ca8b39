package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCursorTest {
  private final LineCursor cursor = new LineCursor();

  @Test
  void aChunkIsCutAtItsNewlines() {
    assertThat(pieces("one\n\ntwo", 100)).containsExactly("one$", "$", "two");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(pieces("", 100)).isEmpty();
  }

  @Test
  void aLineIsCutWhereItIsTooLong() {
    assertThat(pieces("abcdef\nabcd\nabc\n", 4))
        .containsExactly("abcd", "ef$", "abcd", "$", "abc$");
  }

  @Test
  void aLineAcrossTheWindowsEndIsStillOnePiece() {
    String filler = "x".repeat(LineCursor.WINDOW - 3) + "\n";
    assertThat(pieces(filler + "whole\nrest", LineCursor.WINDOW))
        .containsExactly(filler.replace('\n', '$'), "whole$", "rest");
  }

  @Test
  void aNewlineRightBehindTheWindowIsAPieceOfItsOwn() {
    String filler = "x".repeat(LineCursor.WINDOW);
    assertThat(pieces(filler + "\nrest", LineCursor.WINDOW)).containsExactly(filler, "$", "rest");
  }

  @Test
  void lookingTwiceChangesNothing() {
    ByteBuf bytes = Unpooled.copiedBuffer("one\ntwo\n", StandardCharsets.UTF_8);
    cursor.open(bytes);
    assertThat(cursor.next(100)).isTrue();
    assertThat(cursor.next(100)).isTrue();
    assertThat(cursor.length()).isEqualTo(3);
    assertThat(bytes.readerIndex()).isZero();
    cursor.consume();
    assertThat(bytes.readerIndex()).isEqualTo(4);
  }

  /** The pieces of a text, each with a dollar sign for its newline. */
  private List<String> pieces(String text, int longest) {
    List<String> pieces = new ArrayList<>();
    cursor.open(Unpooled.copiedBuffer("skipped" + text, StandardCharsets.UTF_8).skipBytes(7));
    while (cursor.next(longest)) {
      String content =
          new String(cursor.array(), cursor.start(), cursor.length(), StandardCharsets.UTF_8);
      pieces.add(cursor.endsLine() ? content + "$" : content);
      cursor.consume();
    }
    return pieces;
  }
}
