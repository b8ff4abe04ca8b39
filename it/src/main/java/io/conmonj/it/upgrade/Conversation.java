package io.conmonj.it.upgrade;

import io.conmonj.it.pod.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A session that is sent bytes all the time, whether or not what was sent before has come back, and
 * that has to give back each of them, in order and nothing else.
 */
final class Conversation implements AutoCloseable {
  private static final int USUAL_BYTES = 1500;

  /** More than a frame, a pipe or a socket takes at once; of so many one. */
  private static final int MANY_BYTES = 120_000;

  private static final int SELDOM = 100;

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final String name;
  private final EchoLink link;
  private final long seed;
  private final Faults faults;
  private Worker sender;
  private Worker receiver;
  private volatile boolean stopped;
  private volatile boolean over;
  private volatile long sent;
  private volatile long received;

  private Conversation(String name, EchoLink link, long seed, Faults faults) {
    this.name = name;
    this.link = link;
    this.seed = seed;
    this.faults = faults;
  }

  /**
   * Begins.
   *
   * @param name what it is, in faults
   * @param link closed with it
   * @param seed of what is sent, and when
   */
  static Conversation start(String name, EchoLink link, long seed, Faults faults) {
    Conversation conversation = new Conversation(name, link, seed, faults);
    conversation.sender = Worker.start(name + ", sending", faults, conversation::send);
    conversation.receiver = Worker.start(name + ", receiving", faults, conversation::receive);
    return conversation;
  }

  private void send() throws IOException {
    PrintableBytes bytes = new PrintableBytes(seed);
    SplittableRandom random = new SplittableRandom(~seed);
    while (!stopped) {
      int most = random.nextInt(SELDOM) == 0 ? MANY_BYTES : USUAL_BYTES;
      byte[] next = bytes.next(1 + random.nextInt(most));
      link.send(next);
      sent = bytes.count();
      LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
    }
  }

  private void receive() throws IOException {
    PrintableBytes expected = new PrintableBytes(seed);
    try {
      for (Optional<byte[]> next = link.receive(); next.isPresent(); next = link.receive()) {
        byte[] came = next.get();
        int wrong = Arrays.mismatch(came, expected.next(came.length));
        if (wrong >= 0) {
          throw new IOException("byte " + (received + wrong) + " is another than was sent");
        }
        received = expected.count();
      }
    } finally {
      over = true;
    }
    if (!stopped) {
      throw new IOException("it has ended");
    }
  }

  /** Sends no more, and waits until all is back. */
  void stop() throws IOException {
    stopped = true;
    sender.join();
    Await.until("all that " + name + " has sent", () -> over || received >= sent);
  }

  /** Waits until it has ended, which was asked for; looks whether all came back. */
  void end() throws IOException {
    link.leave();
    receiver.join();
    if (received != sent) {
      faults.add(name + " got back " + received + " of " + sent + " bytes");
    }
  }

  /**
   * Looks whether all that was sent is in a container's log, after its end.
   *
   * @param log in the CRI format
   */
  void checkLog(Path log) throws IOException {
    PrintableBytes expected = new PrintableBytes(seed);
    try (LoggedLines lines = new LoggedLines(log)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        byte[] whole = (line + '\n').getBytes(StandardCharsets.US_ASCII);
        int length = (int) Math.min(whole.length, sent - expected.count());
        byte[] part = Arrays.copyOf(whole, length);
        if (!Arrays.equals(part, expected.next(length)) || length < line.length()) {
          faults.add(name + ": " + line + " in the log before byte " + expected.count());
          return;
        }
      }
    }
    if (expected.count() != sent) {
      faults.add(name + " has " + expected.count() + " of " + sent + " bytes in its log");
    }
  }

  /** How many bytes came back as they were sent. */
  long bytes() {
    return received;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    link.close();
  }
}
