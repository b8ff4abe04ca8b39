package io.conmonj.monitor.log;

import java.nio.charset.StandardCharsets;

/**
 * Bytes that come in pieces, as the inside of JSON strings (RFC 8259, section 7) in UTF-8. Where
 * they are no UTF-8, U+FFFD takes the place of as much as could have been the beginning of a
 * character, as the Unicode Standard recommends (section 3.9, "maximal subpart"). Log-writer thread
 * only; allocates nothing.
 */
final class JsonText {
  /** The most bytes that one becomes: a control character as {@code \}{@code u001b}. */
  static final int LONGEST = 6;

  /** The most bytes that wait for the rest of their character. */
  static final int MOST_WAITING = 3;

  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

  /** How many bytes take the place of one that is no text. */
  static final int REPLACEMENT_LENGTH = REPLACEMENT.length;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_NOT_ASCII = 0x80;
  private static final int LAST_FOLLOWING = 0xbf;

  private final byte[] character = new byte[MOST_WAITING + 1];
  private final byte[] characterBefore = new byte[MOST_WAITING + 1];
  private int measured;
  private int length;
  private int missing;
  private int least;
  private int most;

  /**
   * How many bytes a piece will add to its record.
   *
   * @param ends whether nothing of the line follows
   */
  int measure(byte[] in, int start, int count, boolean ends) {
    System.arraycopy(character, 0, characterBefore, 0, character.length);
    int lengthBefore = length;
    int missingBefore = missing;
    int leastBefore = least;
    int mostBefore = most;
    measured = 0;
    append(in, start, count, null);
    if (ends) {
      end(null);
    }
    System.arraycopy(characterBefore, 0, character, 0, character.length);
    length = lengthBefore;
    missing = missingBefore;
    least = leastBefore;
    most = mostBefore;
    return measured;
  }

  /**
   * Adds a piece.
   *
   * @param out has room for what {@link #measure} says; null when it is measured
   */
  void append(byte[] in, int start, int count, RecordBuffer out) {
    for (int i = start; i < start + count; i++) {
      int next = in[i] & 0xff;
      if (missing > 0 && next >= least && next <= most) {
        follow(next, out);
      } else {
        end(out);
        begin(next, out);
      }
    }
  }

  /** Nothing follows: a character that is not whole never will be. */
  void end(RecordBuffer out) {
    if (missing > 0) {
      missing = 0;
      replace(out);
    }
  }

  /** The bytes that wait for the rest of their character, as {@link Standing} has them. */
  int waiting() {
    return missing > 0 ? Standing.waiting(character, length) : Standing.NOTHING_WAITS;
  }

  /**
   * Goes on as if these had come.
   *
   * @param waiting what another waits with
   */
  void goOn(byte[] waiting) {
    append(waiting, 0, waiting.length, null);
  }

  // Table 3-7 of the Unicode Standard: well-formed sequences, by their first byte.
  private void begin(int first, RecordBuffer out) {
    least = FIRST_NOT_ASCII;
    most = LAST_FOLLOWING;
    if (first < FIRST_NOT_ASCII) {
      ascii(first, out);
    } else if (first >= 0xc2 && first <= 0xdf) {
      expect(first, 1);
    } else if (first >= 0xe0 && first <= 0xef) {
      least = first == 0xe0 ? 0xa0 : least;
      most = first == 0xed ? 0x9f : most;
      expect(first, 2);
    } else if (first >= 0xf0 && first <= 0xf4) {
      least = first == 0xf0 ? 0x90 : least;
      most = first == 0xf4 ? 0x8f : most;
      expect(first, 3);
    } else {
      replace(out);
    }
  }

  private void expect(int first, int further) {
    character[0] = (byte) first;
    length = 1;
    missing = further;
  }

  private void follow(int next, RecordBuffer out) {
    character[length++] = (byte) next;
    least = FIRST_NOT_ASCII;
    most = LAST_FOLLOWING;
    if (--missing == 0) {
      put(character, length, out);
    }
  }

  private void replace(RecordBuffer out) {
    put(REPLACEMENT, REPLACEMENT.length, out);
  }

  private void put(byte[] bytes, int count, RecordBuffer out) {
    if (out == null) {
      measured += count;
    } else {
      out.put(bytes, 0, count);
    }
  }

  private void put(int c, RecordBuffer out) {
    if (out == null) {
      measured++;
    } else {
      out.put((byte) c);
    }
  }

  private void ascii(int c, RecordBuffer out) {
    switch (c) {
      case '"', '\\' -> escape(c, out);
      case '\t' -> escape('t', out);
      case '\r' -> escape('r', out);
      case '\b' -> escape('b', out);
      case '\f' -> escape('f', out);
      default -> {
        if (c < ' ') {
          escape('u', out);
          put('0', out);
          put('0', out);
          put(HEX[c >> 4], out);
          put(HEX[c & 0xf], out);
        } else {
          put(c, out);
        }
      }
    }
  }

  private void escape(int c, RecordBuffer out) {
    put('\\', out);
    put(c, out);
  }
}
