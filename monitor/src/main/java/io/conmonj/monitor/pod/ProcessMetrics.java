package io.conmonj.monitor.pod;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.ProcessMemory;
import io.conmonj.monitor.observe.MetricsText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of the monitor's own process, those of proc(5) by the names that Prometheus' client
 * libraries give them. Reading them waits for nothing. Loop thread only.
 */
final class ProcessMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMetrics.class);

  /** Clock ticks are of 10 ms for every program, whatever the kernel has (USER_HZ, time(7)). */
  private static final long TICK_NANOS = 10_000_000L;

  /** Of proc_pid_stat(5): utime is the 14th field, and the 12th after the process's name. */
  private static final int FIELDS_BEFORE_UTIME = 11;

  private static final long KIB = 1024;

  private final long startNanos;

  /**
   * @param startNanos when the monitor began, nanoseconds since 1970-01-01T00:00:00Z
   */
  ProcessMetrics(long startNanos) {
    this.startNanos = startNanos;
  }

  void write(MetricsText to) {
    to.gauge("process_start_time_seconds", "When the monitor began, in seconds since 1970.");
    to.seconds(startNanos);
    try {
      writeDescriptors(to);
      writeMemory(to);
      to.counter("process_cpu_seconds", "Processor time of the monitor, without its children.");
      to.seconds(cpuNanos(read("stat")));
    } catch (IOException unreadable) {
      LOG.warn("metrics of the process are not told: {}", unreadable.getMessage());
    }
    Runtime heap = Runtime.getRuntime();
    to.gauge("conmonj_heap_used_bytes", "Java heap in use, garbage included.");
    to.value(heap.totalMemory() - heap.freeMemory());
    to.gauge("conmonj_heap_limit_bytes", "What the Java heap may grow to.");
    to.value(heap.maxMemory());
  }

  private static void writeDescriptors(MetricsText to) throws IOException {
    String[] open = new File("/proc/self/fd").list();
    if (open == null) {
      throw new IOException("cannot list /proc/self/fd");
    }
    to.gauge("process_open_fds", "File descriptors that are open.");
    // One is that of the listing itself.
    to.value(open.length - 1L);
    String limit = word(after(read("limits"), "Max open files"));
    to.gauge("process_max_fds", "How many file descriptors may be open.");
    to.value(Long.parseLong(limit));
  }

  private static void writeMemory(MetricsText to) throws IOException, KernelException {
    to.gauge("process_resident_memory_bytes", "Memory in use, what others share included.");
    to.value(Long.parseLong(word(after(read("status"), "VmRSS:"))) * KIB);
    to.gauge("conmonj_anonymous_memory_bytes", "Memory in use that belongs to the monitor alone.");
    to.value(ProcessMemory.anonymous());
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

  private static String read(String file) throws IOException {
    return Files.readString(Path.of("/proc/self", file));
  }

  private static String after(String text, String title) throws IOException {
    int start = text.indexOf(title);
    if (start < 0) {
      throw new IOException("no '" + title + "' in /proc/self");
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
