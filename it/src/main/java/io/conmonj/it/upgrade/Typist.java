package io.conmonj.it.upgrade;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody at a terminal on which {@code cat} runs: types a key when the one before is on the
 * screen. What is shown is what the terminal echoes, and each line once more.
 */
final class Typist implements AutoCloseable {
  private static final int LINE = 20;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EchoLink link;
  private final SplittableRandom random;
  private final Stopwatch echoes = new Stopwatch();
  private Worker worker;
  private volatile boolean stopped;
  private volatile boolean quiet;

  private Typist(EchoLink link, long seed) {
    this.link = link;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Begins.
   *
   * @param name what it is, in faults
   * @param link closed with it
   * @param seed of what is typed, and when
   */
  static Typist start(String name, EchoLink link, long seed, Faults faults) {
    Typist typist = new Typist(link, seed);
    typist.worker = Worker.start(name + ", typing", faults, typist::type);
    return typist;
  }

  private void type() throws IOException {
    try {
      while (!stopped) {
        typeLine();
      }
    } finally {
      quiet = true;
    }
    awaitEnd();
  }

  private void typeLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LINE) {
      char key = (char) ('a' + random.nextInt(26));
      line.append(key);
      press(key, Character.toString(key));
    }
    press('\r', "\r\n" + line + "\r\n");
  }

  private void press(char key, String echo) throws IOException {
    long begin = System.nanoTime();
    link.send(new byte[] {(byte) key});
    StringBuilder screen = new StringBuilder();
    while (screen.length() < echo.length()) {
      Optional<byte[]> shown = link.receive();
      if (shown.isEmpty()) {
        throw new IOException("it has ended");
      }
      screen.append(new String(shown.get(), StandardCharsets.US_ASCII));
    }
    echoes.add(begin, System.nanoTime());
    if (!screen.toString().equals(echo)) {
      throw new IOException("the screen shows '" + screen + "' instead of '" + echo + "'");
    }
    LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
  }

  private void awaitEnd() throws IOException {
    for (Optional<byte[]> more = link.receive(); more.isPresent(); more = link.receive()) {
      if (more.get().length > 0) {
        throw new IOException(
            "the screen shows '"
                + new String(more.get(), StandardCharsets.US_ASCII)
                + "' at the end");
      }
    }
  }

  /** Has it type to the end of the line and no more, and waits for that. */
  void stop() {
    stopped = true;
    Await.until("the end of the line", () -> quiet);
  }

  /** Waits until it has ended, which was asked for. */
  void join() throws IOException {
    worker.join();
  }

  /** How long it took from each key to its echo. */
  Stopwatch echoes() {
    return echoes;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    link.close();
  }
}
