package io.conmonj.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies standard input to a command, on a daemon thread, and passes its end on. */
final class InputCopy {
  private static final int BUFFER = 32 << 10;

  private InputCopy() {}

  static void start(InputStream from, OutputStream to) {
    Thread.ofPlatform().daemon().name("conmonjctl-stdin").start(() -> copy(from, to));
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try (to) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The session has ended, or there is no more input. Whoever waits for the session says so.
    }
  }
}
