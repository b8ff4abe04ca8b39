package io.conmonj.streaming.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the blocks of a PEM file (RFC 7468), without what stands between them. */
final class Pem {
  /** The longest file that is read, in bytes: a bundle of all public CAs is shorter. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /** One block. */
  static final class Block {
    private final String label;
    private final byte[] der;

    private Block(String label, byte[] der) {
      this.label = label;
      this.der = der;
    }

    /** The label of its first line, for example {@code CERTIFICATE}. */
    String label() {
      return label;
    }

    /** The decoded bytes, not a copy of them: callers must not write to the array. */
    byte[] der() {
      return der;
    }
  }

  /**
   * Reads all blocks.
   *
   * @throws IOException when the file cannot be read, or a block is cut off or damaged
   */
  static List<Block> read(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (found.isOther()) {
      // Opening a FIFO waits for whoever writes it.
      throw new IOException("not a regular file");
    }
    if (found.size() > MAX_BYTES) {
      throw new IOException("more than " + MAX_BYTES + " bytes");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      if (labelEnd < 0) {
        throw new IOException("a PEM block is cut off");
      }
      String label = text.substring(begin + BEGIN.length(), labelEnd);
      int content = labelEnd + DASHES.length();
      int end = text.indexOf(END + label + DASHES, content);
      if (end < 0) {
        throw new IOException("the PEM block " + label + " is cut off");
      }
      blocks.add(new Block(label, decode(label, text.substring(content, end))));
      begin = text.indexOf(BEGIN, end);
    }
    return blocks;
  }

  /** Fails for an encrypted key: that has headers, whose colons are not base64. */
  private static byte[] decode(String label, String content) throws IOException {
    if (content.indexOf(':') >= 0) {
      throw new IOException("the PEM block " + label + " is encrypted");
    }
    try {
      return Base64.getMimeDecoder().decode(content);
    } catch (IllegalArgumentException damaged) {
      throw new IOException("the PEM block " + label + " is damaged", damaged);
    }
  }
}
