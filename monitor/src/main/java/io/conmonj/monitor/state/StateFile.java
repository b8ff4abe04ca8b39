package io.conmonj.monitor.state;

import io.conmonj.kernel.StagedFile;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.schema.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest state as a file, for when the holder is gone too. It is always a whole one: written
 * beside its place, with fsync, and then renamed. While the disk is slow the states in between are
 * left out; what fails is tried again. Loop thread only.
 */
public final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

  private static final int MODE = 0600;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final String path;
  private final Duty goOn;
  private CompletableFuture<Void> writing;
  private byte[] inWriting;
  private byte[] latest;
  private boolean failing;

  /**
   * @param path absolute; nobody else can write to its directory
   */
  public StateFile(EventLoop loop, String path) {
    this.loop = loop;
    this.path = path;
    this.goOn = loop.duty(this::goOn);
  }

  /**
   * Reads one that another monitor has left. Blocks as long as the disk does.
   *
   * @throws StateRefusedException as {@link StateRecord#parse}
   * @throws IOException when there is none, or it cannot be read
   */
  public static State.Monitor.Reader read(String path) throws IOException {
    return StateRecord.readFile(path);
  }

  /** Has a record written; returns at once. */
  public void write(byte[] record) {
    latest = record;
    if (writing == null) {
      goOn.perform();
    }
  }

  /** Whether what was given last has been written. */
  public boolean isWritten() {
    return latest == null && writing == null;
  }

  private void goOn() {
    if (writing != null && !writing.isDone()) {
      goOn.dueWhen(writing);
      return;
    }
    if (writing != null && writing.isCompletedExceptionally()) {
      tell(writing.exceptionNow());
      latest = latest == null ? inWriting : latest;
      writing = null;
      goOn.dueAfter(AGAIN);
      return;
    }
    failing &= writing == null;
    writing = null;
    if (latest != null) {
      start();
    }
  }

  private void start() {
    byte[] record = latest;
    writing = loop.offload("state-file", () -> put(record));
    inWriting = record;
    latest = null;
    goOn.dueWhen(writing);
  }

  private void tell(Throwable failure) {
    if (!failing) {
      LOG.warn("state file {} not written, trying again: {}", path, failure.getMessage());
    }
    failing = true;
  }

  /** On a thread of its own. */
  private Void put(byte[] record) throws IOException {
    StagedFile file = StagedFile.write(path, MODE, record);
    try {
      file.putInPlace();
    } catch (IOException failed) {
      file.discard();
      throw failed;
    }
    return null;
  }
}
