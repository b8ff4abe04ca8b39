package io.conmonj.it.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The processes of a monitor: its holder, which is the monitor to the outside, and its worker, the
 * Java VM, which is the holder's child. What is counted is counted for both.
 *
 * @param pid the holder's
 */
public record MonitorFacts(long pid) {
  /** What a worker has executed, wherever the distribution is. */
  private static final String JAVA = "lib/runtime/bin/java";

  /** The holder. */
  public ProcessFacts holder() {
    return new ProcessFacts(pid);
  }

  /** The worker of now. */
  public ProcessFacts worker() {
    return findWorker().orElseThrow(() -> new AssertionError("monitor " + pid + ": no worker"));
  }

  /** The same; empty while there is none. */
  public Optional<ProcessFacts> findWorker() {
    return holder().children().stream()
        .filter(MonitorFacts::isWorker)
        .map(ProcessFacts::new)
        .findFirst();
  }

  private static boolean isWorker(long process) {
    try {
      Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(process), "exe"));
      return program.endsWith(JAVA);
    } catch (IOException ended) {
      return false;
    }
  }

  /** Holder and worker, or the holder alone while it has none. */
  public List<ProcessFacts> all() {
    return Stream.concat(Stream.of(holder()), findWorker().stream()).toList();
  }

  /** Whether the holder exists and is not a zombie. */
  public boolean isAlive() {
    return holder().isAlive();
  }

  /** What each open descriptor of both is, sorted. */
  public List<String> descriptors() {
    return all().stream().flatMap(each -> each.descriptors().stream()).sorted().toList();
  }

  /** The holder's children without the worker: whatever the monitor has started or adopted. */
  public List<Long> children() {
    return holder().children().stream().filter(each -> !isWorker(each)).toList();
  }

  /** How many threads they have. */
  public int threads() {
    return (int) sum(ProcessFacts::threads);
  }

  /** As {@link ProcessFacts#residentKiB}. */
  public long residentKiB() {
    return sum(ProcessFacts::residentKiB);
  }

  /** As {@link ProcessFacts#privateKiB}. */
  public long privateKiB() {
    return sum(ProcessFacts::privateKiB);
  }

  /** As {@link ProcessFacts#proportionalKiB}. */
  public long proportionalKiB() {
    return sum(ProcessFacts::proportionalKiB);
  }

  /** As {@link ProcessFacts#peakResidentKiB}. */
  public long peakResidentKiB() {
    return sum(ProcessFacts::peakResidentKiB);
  }

  private long sum(ToLongFunction<ProcessFacts> fact) {
    return all().stream().mapToLong(fact).sum();
  }
}
