package io.conmonj.monitor.rehearsal;

import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.rpc.RpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The loop of a rehearsal, and what brings it to an early end; is told of the errors that are met
 * and dealt with meanwhile. Loop thread only.
 *
 * <p>There are no lambdas here, nor where calls are made: each upgrade of a quiet pod would
 * generate them anew.
 */
final class Stage implements AutoCloseable, Consumer<Error> {
  /** For all of it, also on a busy machine: half of what the holder gives a candidate. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** For the rest of it after an error: what the error has met may be waited for in vain. */
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final EventLoop loop = new EventLoop();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Duty limit = loop.duty(new Limit());
  private volatile Error error;
  private volatile boolean closed;

  Stage() {
    limit.dueAfter(LIMIT);
  }

  EventLoop loop() {
    return loop;
  }

  private final class Limit implements Runnable {
    @Override
    public void run() {
      refused(new IOException("it takes too long"));
    }
  }

  /**
   * An error was met, and dealt with; that a class is missing may be no more than a library's
   * notice. Allocates nothing. Any thread, also when this is closed.
   */
  @Override
  public void accept(Error thrown) {
    if (error == null && !closed && thrown instanceof VirtualMachineError) {
      error = thrown;
      limit.dueAfter(AFTERMATH);
    }
  }

  /** The first error; null for none. */
  Error error() {
    return error;
  }

  /** The machine does not let the rehearsal go on. */
  void refused(Throwable why) {
    over.completeExceptionally(why);
  }

  /**
   * Runs the loop until something is there.
   *
   * @throws NotServedException what it fails with, as any {@link Error}
   * @throws IOException when this machine does not let it be
   */
  <T> T await(CompletableFuture<T> wanted) throws IOException, NotServedException {
    loop.runUntil(CompletableFuture.anyOf(wanted, over));
    CompletableFuture<?> first = over.isDone() ? over : wanted;
    if (!first.isCompletedExceptionally()) {
      return wanted.resultNow();
    }
    switch (first.exceptionNow()) {
      case NotServedException unserved -> throw unserved;
      case Error thrown -> throw thrown;
      case RpcException failed ->
          throw new NotServedException("a call was not answered: " + failed.getMessage());
      case Throwable refused -> throw new IOException(refused);
    }
  }

  /**
   * As the other one, for what may wait for memory: if that is what it waits for when the machine
   * does not let it be, that is why it is not served.
   *
   * @param what there is no memory to do, in words for an operator
   */
  <T> T await(CompletableFuture<T> wanted, MemoryWait reader, String what)
      throws IOException, NotServedException {
    try {
      return await(wanted);
    } catch (IOException late) {
      if (reader.isStarved()) {
        throw new NotServedException("no memory to " + what);
      }
      throw late;
    }
  }

  @Override
  public void close() {
    closed = true;
    limit.cancel();
    loop.close();
  }
}
