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
   *     beginning is lost
   * @return completes on the event loop with the driver, or fails with an {@link IOException} like
   *     {@code journal /x: ENOENT (No such file or directory)}
   */
  public CompletableFuture<LogDriver> open(
      LogOwner owner, String id, Callable<String> name, Optional<LogPosition> before) {
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
                  open(owner, new JournalEntry(id, unknown == null ? known : ""), before, result);
                });
    return result;
  }

  private void open(
      LogOwner owner,
      JournalEntry entry,
      Optional<LogPosition> before,
      CompletableFuture<LogDriver> result) {
    JournalLog log = new JournalLog(loop, scratch, path, owner, entry);
    if (before.isPresent()) {
      log.goOn(before.get());
    }
    try {
      log.connect();
    } catch (IOException away) {
      result.completeExceptionally(away);
      return;
    }
    result.complete(log);
  }
}
