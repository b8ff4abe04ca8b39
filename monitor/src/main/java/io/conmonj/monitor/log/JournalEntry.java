package io.conmonj.monitor.log;

import io.conmonj.monitor.stdio.StdStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A line as an entry of systemd's journal (https://systemd.io/JOURNAL_NATIVE_PROTOCOL), with the
 * fields that conmon gives it (src/ctr_logging.c there): {@code CONTAINER_ID_FULL}, {@code
 * CONTAINER_ID} with its first twelve characters, {@code CONTAINER_NAME} and {@code
 * SYSLOG_IDENTIFIER} with the name or, where that is not known, the short id; {@code PRIORITY}, 6
 * on stdout and 3 on stderr unless the line begins with another as {@code <4>} (sd-daemon(3));
 * {@code CONTAINER_PARTIAL_MESSAGE=true} where the line goes on in the next entry, or ends without
 * a newline; and {@code MESSAGE}, whose bytes may be any. Event loop only.
 */
final class JournalEntry {
  /** Room for an entry of the longest line, and for fields with the longest id and name. */
  static final int MAX_BYTES = JournalLine.LONGEST + 8 * 1024;

  private static final int SHORT_ID = 12;
  private static final byte[] PRIORITY = ascii("PRIORITY=");
  private static final byte[] PARTIAL = ascii("CONTAINER_PARTIAL_MESSAGE=true\n");
  private static final byte[] MESSAGE = ascii("MESSAGE\n");

  // syslog(3)
  private static final byte INFORMATIONAL = '6';
  private static final byte ERROR = '3';
  private static final byte LEAST = '7';

  /** Length of {@code <6>}. */
  private static final int PREFIX = 3;

  private final byte[] ofContainer;

  /**
   * @param name empty if it is not known
   */
  JournalEntry(String id, String name) {
    String shortId = id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    add(fields, "CONTAINER_ID_FULL", id);
    add(fields, "CONTAINER_ID", shortId);
    if (!name.isEmpty()) {
      add(fields, "CONTAINER_NAME", name);
    }
    add(fields, "SYSLOG_IDENTIFIER", name.isEmpty() ? shortId : name);
    ofContainer = fields.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** In the form for any content: name, newline, length, content, newline. */
  private static void add(ByteArrayOutputStream fields, String name, String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fields.writeBytes(ascii(name + "\n"));
    fields.writeBytes(length.putLong(content.length).array());
    fields.writeBytes(content);
    fields.write('\n');
  }

  /**
   * Writes the entry for what a line has so far and a further piece of it.
   *
   * @param piece null if there is none and the line ends without a newline
   * @param out with room for {@link #MAX_BYTES}; what is in it is forgotten
   * @return the same, to be read from
   */
  ByteBuffer write(StdStream stream, JournalLine line, LineCursor piece, ByteBuffer out) {
    out.clear().order(ByteOrder.LITTLE_ENDIAN);
    out.put(ofContainer);
    int length = line.length() + (piece == null ? 0 : piece.length());
    byte given = line.continues() ? 0 : givenPriority(line, piece, length);
    byte usual = stream == StdStream.STDOUT ? INFORMATIONAL : ERROR;
    out.put(PRIORITY).put(given == 0 ? usual : given).put((byte) '\n');
    if (piece == null || !piece.endsLine()) {
      out.put(PARTIAL);
    }
    int skipped = given == 0 ? 0 : PREFIX;
    out.put(MESSAGE).putLong(length - skipped);
    int ofLine = Math.min(skipped, line.length());
    out.put(line.bytes(), ofLine, line.length() - ofLine);
    if (piece != null) {
      int ofPiece = skipped - ofLine;
      out.put(piece.array(), piece.start() + ofPiece, piece.length() - ofPiece);
    }
    return out.put((byte) '\n').flip();
  }

  /** The digit of it, or 0 if the line does not begin with one. */
  private static byte givenPriority(JournalLine line, LineCursor piece, int length) {
    if (length < PREFIX || at(0, line, piece) != '<' || at(2, line, piece) != '>') {
      return 0;
    }
    byte digit = at(1, line, piece);
    return digit >= '0' && digit <= LEAST ? digit : 0;
  }

  private static byte at(int index, JournalLine line, LineCursor piece) {
    return index < line.length()
        ? line.bytes()[index]
        : piece.array()[piece.start() + index - line.length()];
  }
}
