package io.conmonj.monitor.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What has come of one stream's line, as long as it is in no entry of the journal; also in memory
 * that outlives this worker, where there is some. Event loop only.
 */
final class JournalLine {
  /**
   * The most bytes that one entry takes of a line; a longer line becomes several. What is read of a
   * container at once, and so most lines, can be one; conmon takes 8 KiB.
   */
  static final int LONGEST = LineCursor.WINDOW;

  private static final byte[] NOTHING = {};

  private final Optional<ByteBuffer> outlasting;
  private byte[] bytes = NOTHING;
  private int length;
  private boolean continues;
  private boolean used;

  /**
   * An empty one.
   *
   * @param outlasting room for the longest; what is in it is as long as the log's mark says
   */
  JournalLine(Optional<ByteBuffer> outlasting) {
    this.outlasting = outlasting;
  }

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

  /** Whether it has had bytes since {@link #forget}. */
  boolean isUsed() {
    return used;
  }

  /** The memory that outlives this worker has none of its bytes any more, which are none. */
  void forget() {
    used = false;
  }

  /** Whether an earlier entry has the beginning of the line. */
  boolean continues() {
    return continues;
  }

  /** Adds a piece, which leaves some room. */
  void add(LineCursor piece) {
    used = true;
    int sum = length + piece.length();
    if (sum > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LONGEST, Math.max(sum, 2 * bytes.length)));
    }
    System.arraycopy(piece.array(), piece.start(), bytes, length, piece.length());
    if (outlasting.isPresent()) {
      outlasting.get().put(length, piece.array(), piece.start(), piece.length());
    }
    length = sum;
  }

  /** How far it has come ({@link Standing}). */
  int standing() {
    return Standing.ofStream(continues, length);
  }

  /** The same after an entry, with which it ends or not. */
  static int standingAfter(boolean ended) {
    return Standing.ofStream(!ended, Standing.NOTHING_WAITS);
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
    used = true;
    continues = kept.get() != 0;
    length = kept.getInt();
    bytes = new byte[length];
    kept.get(bytes);
    if (outlasting.isPresent()) {
      outlasting.get().put(0, bytes);
    }
  }

  /** Goes on where another stood whose memory this has. */
  void goOn(int standing) {
    used = true;
    continues = Standing.inLine(standing);
    length = Standing.length(standing);
    bytes = new byte[length];
    outlasting.orElseThrow().get(0, bytes);
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
