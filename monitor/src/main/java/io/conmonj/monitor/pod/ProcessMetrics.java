package io.conmonj.monitor.pod;

import io.conmonj.kernel.ProcessMemory;
import io.conmonj.kernel.ThisProcess;
import io.conmonj.monitor.holder.Welcome;
import io.conmonj.monitor.observe.MetricsText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of the monitor's own processes, its holder and its worker, as those of one: what proc(5)
 * has, by the names that Prometheus' client libraries give it. Reading them waits for nothing. Loop
 * thread only.
 */
final class ProcessMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMetrics.class);

  /** Clock ticks are of 10 ms for every program, whatever the kernel has (USER_HZ, time(7)). */
  private static final long TICK_NANOS = 10_000_000L;

  /** Of proc_pid_stat(5): utime is the 14th field, and the 12th after the process's name. */
  private static final int FIELDS_BEFORE_UTIME = 11;

  private static final long KIB = 1024;
  private static final Path SELF = Path.of("/proc/self");

  private final long startNanos;
  private final Welcome welcome;
  private final WakeMetrics wakeMetrics;
  private final UpgradeHistory upgrades;
  private final Path holder;

  /**
   * @param startNanos when the monitor began, nanoseconds since 1970-01-01T00:00:00Z
   */
  ProcessMetrics(
      long startNanos, Welcome welcome, WakeMetrics wakeMetrics, UpgradeHistory upgrades) {
    this.startNanos = startNanos;
    this.welcome = welcome;
    this.wakeMetrics = wakeMetrics;
    this.upgrades = upgrades;
    this.holder = Path.of("/proc", Integer.toString(welcome.pid()));
  }

  void write(MetricsText to) {
    to.gauge("process_start_time_seconds", "When the monitor began, in seconds since 1970.");
    to.seconds(startNanos);
    try {
      writeDescriptors(to);
      writeMemory(to);
      to.counter("process_cpu_seconds", "Processor time of the monitor, without its children.");
      to.seconds(
          upgrades.workersNanos() + ThisProcess.processorNanos() + cpuNanos(read(holder, "stat")));
    } catch (IOException unreadable) {
      LOG.warn("metrics of the process are not told: {}", unreadable.getMessage());
    }
    writeWorkers(to);
    Runtime heap = Runtime.getRuntime();
    to.gauge("conmonj_heap_used_bytes", "Java heap in use, garbage included.");
    to.value(heap.totalMemory() - heap.freeMemory());
    to.gauge("conmonj_heap_limit_bytes", "What the Java heap may grow to.");
    to.value(heap.maxMemory());
  }

  private void writeWorkers(MetricsText to) {
    to.counter("conmonj_sleeps", "How often the Java VM has left the pod to the holder.");
    to.value(welcome.sleeps());
    to.counter("conmonj_asleep_seconds", "For how long there was no Java VM, in all.");
    to.seconds(welcome.asleep());
    to.counter("conmonj_worker_crashes", "How often the Java VM has died, and was started again.");
    to.value(welcome.crashes());
    wakeMetrics.write(to);
    upgrades.write(to);
  }

  private void writeDescriptors(MetricsText to) throws IOException {
    to.gauge("process_open_fds", "File descriptors that are open.");
    // One is that of the listing itself.
    to.value(openFiles(SELF) - 1 + openFiles(holder));
    String limit = word(after(read(SELF, "limits"), "Max open files"));
    to.gauge("process_max_fds", "How many file descriptors may be open.");
    to.value(Long.parseLong(limit));
  }

  private static long openFiles(Path process) throws IOException {
    String[] open = process.resolve("fd").toFile().list();
    if (open == null) {
      throw new IOException("cannot list " + process.resolve("fd"));
    }
    return open.length;
  }

  private void writeMemory(MetricsText to) throws IOException {
    to.gauge("process_resident_memory_bytes", "Memory in use, what others share included.");
    to.value(status(SELF, "VmRSS:") + status(holder, "VmRSS:"));
    to.gauge("conmonj_anonymous_memory_bytes", "Memory in use that belongs to the monitor alone.");
    to.value(ProcessMemory.anonymous() + status(holder, "RssAnon:"));
  }

  /** A line of proc_pid_status(5) that tells an amount of memory, in bytes. */
  private static long status(Path process, String title) throws IOException {
    return Long.parseLong(word(after(read(process, "status"), title))) * KIB;
  }

  /** Time in the program and in the kernel, of a line of proc_pid_stat(5). */
  static long cpuNanos(String line) {
    int start = line.lastIndexOf(')') + 2;
    for (int i = 0; i < FIELDS_BEFORE_UTIME; i++) {
      start = line.indexOf(' ', start) + 1;
    }
    String rest = line.substring(start);
    long user = Long.parseLong(word(rest));
    long system = Long.parseLong(word(rest.substring(rest.indexOf(' '))));
    return (user + system) * TICK_NANOS;
  }

  private static String read(Path process, String file) throws IOException {
    return Files.readString(process.resolve(file));
  }

  private static String after(String text, String title) throws IOException {
    int start = text.indexOf(title);
    if (start < 0) {
      throw new IOException("no '" + title + "' in /proc");
    }
    return text.substring(start + title.length());
  }

  /** The first word. */
  private static String word(String text) {
    String rest = text.stripLeading();
    int end = 0;
    while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
      end++;
    }
    return rest.substring(0, end);
  }
}
