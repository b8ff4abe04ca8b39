package io.conmonj.it.clients;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes that clients move: the first 50 MiB of {@code seq 1 10000000}, which a shell can print
 * too. No two lines are the same, so whatever is lost, doubled or out of order changes the digest.
 *
 * @param file that holds them
 * @param sha256 in lower-case hex
 */
record Payload(Path file, String sha256) {
  /** Enough to pass every buffer and window on the way several times. */
  static final int SIZE = 50 << 20;

  /** Writes the file. */
  static Payload write(Path file) {
    MessageDigest digest = newDigest();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      int left = SIZE;
      for (int i = 1; left > 0; i++) {
        byte[] line = (i + "\n").getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(line.length, left);
        out.write(line, 0, length);
        digest.update(line, 0, length);
        left -= length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Payload(file, HexFormat.of().formatHex(digest.digest()));
  }

  /** A new SHA-256 digest. */
  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
