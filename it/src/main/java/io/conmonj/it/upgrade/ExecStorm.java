package io.conmonj.it.upgrade;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.EchoPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Commands that are run one after the other, as a container runtime does: each by a connection of
 * its own.
 */
final class ExecStorm implements Load {
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CODES = 100;

  private final String container;
  private final Callers callers;
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger commands = new AtomicInteger();
  private volatile boolean stopped;

  private ExecStorm(EchoPod pod, Callers callers) {
    this.callers = callers;
    this.container = pod.container().id();
  }

  /** Begins. */
  static ExecStorm start(EchoPod pod, Callers callers, Faults faults) {
    ExecStorm storm = new ExecStorm(pod, callers);
    for (int i = 0; i < AT_ONCE; i++) {
      storm.workers.add(Worker.start("exec storm", faults, storm::run));
    }
    return storm;
  }

  private void run() throws IOException {
    while (!stopped) {
      try (Monitor monitor = callers.join()) {
        int code = commands.incrementAndGet() % CODES;
        List<String> command = List.of("sh", "-c", "echo " + code + "; exit " + code);
        ExecSyncResult result =
            Replies.await(monitor.execSync(ExecSyncRequest.of(container, command, PATIENCE)));
        if (result.exitCode() != code || !result.stdout().equals(code + "\n")) {
          throw new IOException(
              "a command of code "
                  + code
                  + " gave "
                  + result.exitCode()
                  + " and "
                  + result.stdout()
                  + result.stderr());
        }
      }
    }
  }

  @Override
  public String end() throws IOException {
    stopped = true;
    for (Worker each : workers) {
      each.join();
    }
    return commands + " commands gave their output and their exit codes";
  }

  @Override
  public void close() {
    stopped = true;
  }
}
