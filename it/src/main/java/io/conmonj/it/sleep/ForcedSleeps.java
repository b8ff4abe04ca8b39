package io.conmonj.it.sleep;

import io.conmonj.client.Monitor;
import io.conmonj.client.control.CallFailures;
import io.conmonj.client.control.ControlConnection;
import io.conmonj.client.control.SleepCall;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Distribution;
import io.conmonj.it.proc.MonitorFacts;
import io.conmonj.it.proc.ProcessFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Has every monitor of the distribution on this machine sleep, again and again, whenever nothing
 * keeps it awake: so between any two steps of whoever drives it. Begins when it is made, in a
 * thread of its own, and ends when it is closed.
 */
public final class ForcedSleeps implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * A worker that is going to sleep has ended by then, on a busy machine too, or tries no more. To
   * ask earlier once more would wake what is just going to sleep.
   */
  private static final Duration SOON = Duration.ofSeconds(6);

  private static final long PAUSE_MILLIS = 10;

  /** So often it looks which monitors there are: that is more than to ask them. */
  private static final int ROUNDS_PER_LOOK = 10;

  private final Path holder = Distribution.directory().resolve("lib/holder").toAbsolutePath();
  private final AtomicLong count = new AtomicLong();
  private final Map<String, Long> refusals = new ConcurrentHashMap<>();
  private final ClientLoop loop = new ClientLoop();
  private final Thread thread = new Thread(this::run, "forced-sleeps");
  private volatile boolean ended;

  /** Goes on until the program is killed, and tells the count each minute. */
  public static void main(String[] arguments) throws InterruptedException {
    try (ForcedSleeps sleeps = new ForcedSleeps()) {
      while (sleeps.thread.isAlive()) {
        sleeps.thread.join(Duration.ofMinutes(1));
        System.out.println("sleeps forced until now: " + sleeps.count() + sleeps.refusals());
      }
    }
  }

  /** Begins. */
  public ForcedSleeps() {
    thread.setDaemon(true);
    thread.start();
  }

  /** How many sleeps have begun by it. */
  public long count() {
    return count.get();
  }

  private void run() {
    List<Long> monitors = List.of();
    for (int round = 0; !ended; round++) {
      if (round % ROUNDS_PER_LOOK == 0) {
        monitors = monitors();
      }
      monitors.forEach(this::haveSleep);
      pause();
    }
  }

  private List<Long> monitors() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid).filter(this::isMonitor).toList();
    }
  }

  private boolean isMonitor(long process) {
    try {
      return Files.readSymbolicLink(proc(process).resolve("exe")).startsWith(holder);
    } catch (IOException endedOrOfTheKernel) {
      return false;
    }
  }

  /** Not if it sleeps: to ask it would wake it. */
  private void haveSleep(long monitor) {
    MonitorFacts facts = new MonitorFacts(monitor);
    try {
      Optional<ProcessFacts> worker = facts.findWorker();
      if (worker.isPresent() && sleeps(socket(monitor))) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!ended && facts.findWorker().equals(worker) && System.nanoTime() < end) {
          pause();
        }
        if (!facts.findWorker().equals(worker)) {
          count.incrementAndGet();
        }
      }
    } catch (IOException | UncheckedIOException endedMeanwhile) {
      // There is nobody to have sleep.
    }
  }

  /** What has kept monitors awake, as they said it, and how often each. */
  public Map<String, Long> refusals() {
    return new TreeMap<>(refusals);
  }

  private boolean sleeps(Path socket) throws IOException {
    try (ControlConnection connection = ControlConnection.connect(loop, socket, new Failures())) {
      Replies.await(connection.call(SleepCall.create()), LIMIT);
      return true;
    } catch (StaysAwakeException refused) {
      refusals.merge(refused.getMessage(), 1L, Long::sum);
      return false;
    }
  }

  /** As this process sees it, whatever the monitor's mount namespace is. */
  private static Path socket(long monitor) throws IOException {
    List<String> words = List.of(Files.readString(proc(monitor).resolve("cmdline")).split("\0"));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String directory = null;
      if (word.equals("--runtime-dir") && i + 1 < words.size()) {
        directory = words.get(i + 1);
      } else if (word.startsWith("--runtime-dir=")) {
        directory = word.substring(word.indexOf('=') + 1);
      }
      if (directory != null) {
        return Path.of(proc(monitor) + "/root" + directory, Monitor.SOCKET_NAME);
      }
    }
    throw new IOException("no runtime directory in the command line of process " + monitor);
  }

  private static Path proc(long process) {
    return Path.of("/proc", Long.toString(process));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    ended = true;
    try (loop) {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class StaysAwakeException extends IOException {
    private static final long serialVersionUID = 1L;

    StaysAwakeException(String message) {
      super(message);
    }
  }

  private static final class Failures implements CallFailures {
    @Override
    public IOException refused(String what, String text) {
      return new StaysAwakeException(text);
    }

    @Override
    public IOException gone(String message, Throwable cause) {
      return new IOException(message, cause);
    }
  }
}
