package io.conmonj.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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

  private static IOException failure(Throwable cause) {
    return switch (cause) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> new IOException(cause);
    };
  }
}
