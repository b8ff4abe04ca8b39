package io.conmonj.it.chaos;

import java.io.IOException;
import java.util.Random;

/** Time in which something is left as it is. */
final class Pause {
  private Pause() {}

  static void upToMillis(Random random, int most) throws IOException {
    ofMillis(random.nextInt(most));
  }

  static void ofMillis(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
