package io.conmonj.monitor.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What has come of one stream's line, as long as it is in no entry of the journal. Event loop. */
final class JournalLine {
  /**
   * The most bytes that one entry takes of a line; a longer line becomes several. What is read of a
   * container at once, and so most lines, can be one; conmon takes 8 KiB.
   */
  static final int LONGEST = LineCursor.WINDOW;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int length;
  private boolean continues;

  /** How many bytes may follow in the same entry; never 0. */
  int room() {
    return LONGEST - length;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether an earlier entry has the beginning of the line. */
  boolean continues() {
    return continues;
  }

  /** Adds a piece, which leaves some room. */
  void add(LineCursor piece) {
    int sum = length + piece.length();
    if (sum > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LONGEST, Math.max(sum, 2 * bytes.length)));
    }
    System.arraycopy(piece.array(), piece.start(), bytes, length, piece.length());
    length = sum;
  }

  /** How many bytes {@link #keep} writes. */
  int keptBytes() {
    return 1 + Integer.BYTES + length;
  }

  /** Writes it down for another. */
  void keep(ByteBuffer to) {
    to.put((byte) (continues ? 1 : 0)).putInt(length).put(bytes, 0, length);
  }

  /**
   * Goes on where another stood.
   *
   * @param kept of {@link #keep}
   */
  void goOn(ByteBuffer kept) {
    continues = kept.get() != 0;
    length = kept.getInt();
    bytes = new byte[length];
    kept.get(bytes);
  }

  /**
   * It is in an entry.
   *
   * @param ended whether all of the line is
   */
  void clear(boolean ended) {
    bytes = NOTHING;
    length = 0;
    continues = !ended;
  }
}
