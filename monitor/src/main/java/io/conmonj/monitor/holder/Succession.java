package io.conmonj.monitor.holder;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How another worker takes the place of this one, or this one, a candidate, that of another; and
 * another holder that of the one there is. PROTOCOL.md has the order. Threads as for {@link
 * HolderLink}.
 */
public final class Succession {
  /** More than the holder gives a candidate to take over (5 s): it tells when that is past. */
  private static final Duration HAND_OVER = Duration.ofSeconds(10);

  /** A candidate waits for as long as the holder lets it. */
  private static final Duration CANDIDATE = Duration.ofMinutes(5);

  private final Exchange exchange;
  private final CandidateNews news;
  private final HeldBack heldBack;
  private final Echo echo;

  Succession(Exchange exchange, CandidateNews news, HeldBack heldBack, Echo echo) {
    this.exchange = exchange;
    this.news = news;
    this.heldBack = heldBack;
    this.echo = echo;
  }

  /**
   * Starts another worker beside this one, which goes on. {@link HolderEvents#candidateReady} or
   * {@link HolderEvents#candidateFailed} is told later.
   *
   * @throws KernelException EBUSY while one is there already, or the worker before has not ended;
   *     else why the program could not be started
   */
  public void begin(SpawnCommand worker) throws KernelException {
    try (Fd file = worker.file()) {
      exchange.request(0);
      news.begin();
      exchange.ask(Protocol.UPGRADE, 0, List.of(file), "start worker", worker.program());
    }
  }

  /**
   * Ends the candidate; nothing is told of it any more.
   *
   * @throws KernelException ESRCH when there is none
   */
  public void giveUp() throws KernelException {
    exchange.request(0);
    ask(Protocol.UPGRADE, 0, "give up the other worker", "");
    // Else it would be taken for news of the next one.
    long deadline = System.nanoTime() + HAND_OVER.toNanos();
    while (!news.hasFailed()) {
      exchange.awaitEvents(deadline);
    }
    news.takeFailure();
  }

  /**
   * Leaves everything to the candidate, and waits for what becomes of it. Nothing may be read or
   * written before this returns, nor after it has returned that the other is the active one.
   *
   * @return empty when this worker is to end, for the other goes on; else why this one goes on
   * @throws KernelException EAGAIN when the candidate is not ready: nothing has changed then; EPIPE
   *     or another when the holder is gone
   */
  public Optional<String> handOver() throws KernelException {
    exchange.request(0);
    ask(Protocol.HAND_OVER, 0, "hand over", "");
    long deadline = System.nanoTime() + HAND_OVER.toNanos();
    while (!news.isReleased() && !news.hasFailed()) {
      try {
        exchange.awaitEvents(deadline);
      } catch (KernelException ended) {
        // Who lets this worker go closes the link as well.
        if (!news.isReleased()) {
          throw ended;
        }
      }
    }
    if (news.isReleased()) {
      exchange.end();
      return Optional.empty();
    }
    return Optional.of(news.takeFailure());
  }

  /**
   * A candidate waits until it is to take over.
   *
   * @throws KernelException when it is not wanted any more, or the holder is gone
   */
  public void awaitTakeOver() throws KernelException {
    long deadline = System.nanoTime() + CANDIDATE.toNanos();
    while (!news.isToTakeOver()) {
      exchange.awaitEvents(deadline);
    }
  }

  /**
   * A candidate that has taken over says that it can go on, and waits until it may. What it has
   * asked of the holder meanwhile is asked now.
   *
   * @throws KernelException when it is not wanted any more, or the holder is gone
   */
  public void goOn() throws KernelException {
    verdict(0, "");
    ask(Protocol.CHECKED, Protocol.VERDICT_BYTES, "go on in the place of another worker", "");
    long deadline = System.nanoTime() + HAND_OVER.toNanos();
    while (!news.isActive()) {
      exchange.awaitEvents(deadline);
    }
    heldBack.release(exchange);
  }

  /**
   * A candidate that has taken over says why it cannot go on; the holder ends it.
   *
   * @param why in words for an operator; cut after 512 bytes
   */
  public void refuse(String why) throws KernelException {
    verdict(Errno.EINVAL, why);
    ask(Protocol.CHECKED, Protocol.VERDICT_BYTES, "refuse", "");
  }

  /**
   * Has another program be the holder, in the same process. Children, descriptors and state stay.
   *
   * @param path absolute, at most 512 bytes; one that can read what it is handed over, see {@link
   *     Welcome#records}
   * @throws KernelException why it could not be executed: the holder is the one it was
   */
  public void replaceHolder(String path) throws KernelException {
    verdict(0, path);
    ask(Protocol.REPLACE, Protocol.VERDICT_BYTES, "replace the holder by", path);
    echo.forgotten();
  }

  private void verdict(int what, String text) throws KernelException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, Protocol.TEXT_BYTES);
    Body body = exchange.request(Protocol.VERDICT_BYTES);
    body.putInt(0, what);
    body.putInt(4, length);
    body.putBytes(8, length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  private void ask(int kind, int length, String what, String subject) throws KernelException {
    exchange.ask(kind, length, List.of(), what, subject);
  }
}
