package io.conmonj.it.clients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects a session's output; one thread writes, another looks. */
final class Screen extends OutputStream {
  /** How often a screen that does not show what is awaited is looked at. */
  private static final long POLL_MILLIS = 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
  }

  @Override
  public synchronized void write(byte[] data, int from, int length) {
    bytes.write(data, from, length);
  }

  /** All that came so far. */
  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Waits until a text is shown; the check's deadline interrupts it. */
  void awaitText(String text) throws InterruptedException {
    while (!text().contains(text)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Types an empty line again and again until a text is shown. */
  void awaitTextTyping(OutputStream keyboard, String text)
      throws IOException, InterruptedException {
    while (!text().contains(text)) {
      type(keyboard, "\n");
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Types a text. */
  static void type(OutputStream keyboard, String text) throws IOException {
    keyboard.write(text.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }
}
