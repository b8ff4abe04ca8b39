package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;

import io.conmonj.monitor.log.LoggedContainer.Output;
import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests: somebody who listens where journald would, and containers that log to it. */
abstract class WithJournal {
  /** Of the containers. */
  static final String ID = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  /** Of the socket. */
  Path path;

  DatagramJournal journal;

  @BeforeEach
  void listen() throws Exception {
    path = directory.resolve("socket");
    journal = DatagramJournal.listen(path);
  }

  @AfterEach
  void endJournal() throws Exception {
    journal.close();
  }

  /**
   * A container.
   *
   * @param before where another worker stood; empty for a new log
   */
  LoggedContainer open(Callable<String> name, Optional<LogPosition> before, LogMemory memory)
      throws Exception {
    return LoggedContainer.open(
        writer ->
            new JournalLogs(writer.loop(), path.toString())
                .open(LoggedContainer.OWNER, ID, name, before, memory));
  }

  static Output stderr(String text) {
    return output(StdStream.STDERR, text.getBytes(StandardCharsets.UTF_8));
  }
}
