package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.log.LogMemory;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.stdio.Landing;
import io.conmonj.monitor.stdio.StdStream;
import java.util.Optional;

/** The memories of a container's logs, where they are kept by name. Loop thread only. */
final class LogMemories {
  private final Landing landing;
  private final Keeping keeping;

  LogMemories(LaunchContext context) {
    landing = context.buffer().landing();
    keeping = context.keeping();
  }

  /**
   * One for a log that is to be opened, kept for the worker after this one.
   *
   * @param number of the container
   * @param index of the log
   */
  LogMemory create(long number, int index, LogOpener log) {
    if (log.spec().isEmpty()) {
      return LogMemory.NONE;
    }
    LogMemory memory = LogMemory.create(log.spec().get().kind(), landing::number);
    keep(memory, name(number, index));
    return memory;
  }

  /** That of a worker before this one, with what that had read last; or a new one. */
  LogMemory restore(long number, int index, LogOpener log, Inheritance left) {
    Optional<Fd> kept = left.take(name(number, index));
    if (kept.isEmpty()) {
      return create(number, index, log);
    }
    LogSpec.Kind kind = log.spec().orElseThrow().kind();
    LogMemory memory = LogMemory.of(kind, kept.get(), landing::number);
    if (!memory.isBegun()) {
      keep(memory, name(number, index));
    }
    String prefix = KeptNames.prefix(number);
    addLeft(memory, StdStream.STDOUT, prefix + KeptNames.STDOUT);
    addLeft(memory, StdStream.STDOUT, prefix + KeptNames.TERMINAL);
    addLeft(memory, StdStream.STDERR, prefix + KeptNames.STDERR);
    return memory;
  }

  /** Closes that of a log which is written and closed; it is kept until the container is over. */
  static void drop(long number, int index, Inheritance left) {
    left.take(name(number, index)).ifPresent(Fd::close);
  }

  private void addLeft(LogMemory memory, StdStream stream, String name) {
    memory.addLeft(stream, landing.left(name), landing.leftNumber());
  }

  private void keep(LogMemory memory, String name) {
    memory.fd().ifPresent(fd -> keeping.deposit(name, fd, WakeRule.NEVER));
  }

  /** They are of no use any more. */
  static void withdraw(long number, int count, Keeping keeping) {
    for (int i = 0; i < count; i++) {
      keeping.withdraw(name(number, i));
    }
  }

  private static String name(long number, int index) {
    return KeptNames.prefix(number) + KeptNames.LOG + index;
  }
}
