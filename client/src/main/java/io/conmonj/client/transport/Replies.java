package io.conmonj.client.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what this library promises. */
public final class Replies {
  private Replies() {}

  /**
   * Waits for a reply. Not to be called on the loop's thread, which brings it.
   *
   * @param <T> what is promised
   * @param reply the promise
   * @return what it brought
   * @throws IOException what it failed with, or an {@link InterruptedIOException} if the thread was
   *     interrupted meanwhile (its interrupt flag is set again)
   */
  public static <T> T await(CompletableFuture<T> reply) throws IOException {
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a reply");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /**
   * Waits for a reply for a limited time, then gives it up. Not to be called on the loop's thread.
   *
   * @param <T> what is promised
   * @param reply the promise; cancelled when the time is over
   * @param limit how long to wait
   * @return what it brought
   * @throws IOException what it failed with, or that it did not come in time, or an {@link
   *     InterruptedIOException} if the thread was interrupted meanwhile
   */
  public static <T> T await(CompletableFuture<T> reply, Duration limit) throws IOException {
    try {
      return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reply.cancel(false);
      throw new IOException("no reply in " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a reply");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static IOException failure(Throwable cause) {
    return switch (cause) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> new IOException(cause);
    };
  }
}
