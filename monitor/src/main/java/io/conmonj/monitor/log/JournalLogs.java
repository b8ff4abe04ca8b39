package io.conmonj.monitor.log;

import io.conmonj.kernel.Reason;
import io.conmonj.monitor.loop.EventLoop;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens logs in systemd's journal. Event loop only. */
public final class JournalLogs {
  private static final Logger LOG = LoggerFactory.getLogger(JournalLogs.class);

  private final EventLoop loop;
  private final String path;
  private final JournalScratch scratch = new JournalScratch();

  /**
   * @param path of the journal's socket
   */
  public JournalLogs(EventLoop loop, String path) {
    this.loop = loop;
    this.path = path;
  }

  /**
   * Opens a log of its own for a container.
   *
   * @param owner whose log it is, for messages, such as {@code container web}
   * @param id of the container, in full
   * @param name gives its name, or an empty text; may block, and may fail, which makes the name
   *     unknown
   * @param before where a worker before this one has left the log; empty for a new one. A line of
   *     which that had the beginning goes on if it handed over in order; if it was killed, that
   *     beginning is in the memory, or lost where there is none
   * @param memory through which another worker goes on, as with {@link CriLog#open}
   * @return completes on the event loop with the driver, or fails with an {@link IOException} like
   *     {@code journal /x: ENOENT (No such file or directory)}
   */
  public CompletableFuture<LogDriver> open(
      LogOwner owner,
      String id,
      Callable<String> name,
      Optional<LogPosition> before,
      LogMemory memory) {
    CompletableFuture<LogDriver> result = new CompletableFuture<>();
    var _ =
        loop.offload("container-name", name)
            .whenComplete(
                (known, unknown) -> {
                  if (unknown != null) {
                    owner
                        .of(LOG.atInfo())
                        .log("{}: its name is not known: {}", owner, Reason.of(unknown));
                  }
                  JournalEntry entry = new JournalEntry(id, unknown == null ? known : "");
                  try {
                    result.complete(open(owner, entry, before, memory));
                  } catch (Throwable failed) {
                    result.completeExceptionally(failed);
                  }
                });
    return result;
  }

  private LogDriver open(
      LogOwner owner, JournalEntry entry, Optional<LogPosition> before, LogMemory memory)
      throws IOException {
    JournalLog log = new JournalLog(loop, scratch, path, owner, entry, memory);
    try {
      log.connect();
      log.begin(before);
      return log;
    } catch (Throwable failed) {
      log.abandon();
      throw failed;
    }
  }
}
