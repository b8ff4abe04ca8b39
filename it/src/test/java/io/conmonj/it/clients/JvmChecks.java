package io.conmonj.it.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The checks of a client that runs in this JVM, each on a thread of its own with a deadline. */
final class JvmChecks {
  /** For one check. The slowest moves 50 MiB on a busy machine. */
  private static final long LIMIT_SECONDS = 60;

  /** One check; it ends with an exception when what it saw is wrong. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /** For a check of a few bytes that, where it cannot succeed, only ends with its time. */
  private static final long SHORT_LIMIT_SECONDS = 20;

  private record Timed(long limitSeconds, Body body) {}

  private final Map<String, Timed> bodies = new LinkedHashMap<>();

  /** Adds a check. */
  JvmChecks add(String name, Body body) {
    bodies.put(name, new Timed(LIMIT_SECONDS, body));
    return this;
  }

  /** Adds a check that waits for ever where the server cannot do what it asks. */
  JvmChecks addShort(String name, Body body) {
    bodies.put(name, new Timed(SHORT_LIMIT_SECONDS, body));
    return this;
  }

  /** Runs all in order. */
  ClientRun run() {
    List<Check> checks = new ArrayList<>();
    bodies.forEach((name, timed) -> checks.add(run(name, timed)));
    return ClientRun.of(checks);
  }

  private static Check run(String name, Timed timed) {
    FutureTask<Check> task =
        new FutureTask<>(
            () -> {
              timed.body().run();
              return Check.passed(name);
            });
    Thread thread = Thread.ofVirtual().name(name).start(task);
    try {
      return task.get(timed.limitSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return Check.failed(name, e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      return Check.failed(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed(name, e);
    }
  }
}
