package io.conmonj.it.upgrade;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a transfer has to carry: 8 MiB that follow from a seed, and their SHA-256. */
final class RandomData {
  static final int BYTES = 8 << 20;

  /** Written at once: more than the sockets on the way take. */
  private static final int BURST = 512 << 10;

  private static final int PIECE = 32 << 10;

  /** Between two bursts, so that it takes as long as two or three upgrades. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private RandomData() {}

  /** Writes it, a burst at a time. */
  static void write(long seed, OutputStream to) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom pauses = new SplittableRandom(~seed);
    byte[] piece = new byte[PIECE];
    for (int done = 0; done < BYTES; done += PIECE) {
      if (done % BURST == 0) {
        LockSupport.parkNanos(pauses.nextLong(LONGEST_PAUSE_NANOS));
      }
      random.nextBytes(piece);
      to.write(piece);
    }
  }

  /** Its digest. */
  static byte[] digest(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MessageDigest digest = newDigest();
    byte[] piece = new byte[PIECE];
    for (int done = 0; done < BYTES; done += PIECE) {
      random.nextBytes(piece);
      digest.update(piece);
    }
    return digest.digest();
  }

  /** What computes one of anything. */
  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Drops what is written, for its digest. */
  static DigestOutputStream digesting() {
    return new DigestOutputStream(OutputStream.nullOutputStream(), newDigest());
  }
}
