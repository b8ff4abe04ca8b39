package io.conmonj.it.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Threads of a monitor's worker, as the kernel numbers them. */
record MonitorThreads(long pid) {
  /** epoll_wait, epoll_pwait and epoll_pwait2 of x86-64: who waits there is the event loop. */
  private static final List<String> WAITS = List.of("232 ", "281 ", "441 ");

  /** What the thread that writes logs is called; the kernel keeps 15 characters. */
  private static final String LOG_WRITER = "log-writer";

  /** The event loop's; it must be idle. */
  List<Long> loop() {
    return threads(each -> WAITS.stream().anyMatch(read(each.resolve("syscall"))::startsWith));
  }

  /** Those that write logs. */
  List<Long> logWriters() {
    return threads(each -> read(each.resolve("comm")).startsWith(LOG_WRITER));
  }

  private List<Long> threads(Predicate<Path> wanted) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return tasks.filter(wanted).map(each -> Long.valueOf(each.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
