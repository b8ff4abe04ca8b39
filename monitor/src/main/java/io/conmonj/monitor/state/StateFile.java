package io.conmonj.monitor.state;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StagedFile;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a monitor's successor must know when the holder is gone too, as a file in the runtime
 * directory; there is none as long as there is nothing to know. It is always a whole one: written
 * beside its place, with fsync, and then renamed. What it holds already is not written again, also
 * by another worker; while the disk is slow the records in between are left out; what fails is
 * tried again. Loop thread only.
 */
public final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

  /** What {@link #mark} says while nobody can tell what the file holds. */
  public static final long UNKNOWN = 0;

  /** What {@link #mark} says when there is no file. */
  static final long ABSENT = 1;

  private static final int MODE = 0600;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** How long somebody waits for a disk before going on without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Instead of a record, where there is nothing to know. */
  private static final byte[] NOTHING = {};

  private final EventLoop loop;
  private final String path;
  private final Duty goOn;
  private CompletableFuture<Void> writing;
  private byte[] inWriting = NOTHING;
  private byte[] latest;
  private long there;
  private boolean failing;
  private boolean closed;

  /** Of those who wait for what is being written; null where nobody does. */
  private CompletableFuture<Void> settled;

  private Duty patience;

  /**
   * @param path absolute; nobody else can write to its directory
   * @param mark of what the worker before has left there, {@link #UNKNOWN} if that is not known
   */
  public StateFile(EventLoop loop, String path, long mark) {
    this.loop = loop;
    this.path = path;
    this.there = mark;
    this.goOn = loop.duty(this::goOn);
  }

  /**
   * The file of a monitor that is the first in its directory, or the first after one that was
   * killed.
   */
  public static StateFile begin(EventLoop loop, Path path) {
    boolean left = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    return new StateFile(loop, path.toString(), left ? UNKNOWN : ABSENT);
  }

  /** The file of a monitor of which a worker was there before. */
  public static StateFile resume(EventLoop loop, Path path, Inheritance left) {
    return new StateFile(loop, path.toString(), left.monitor().getKilled().getFileMark());
  }

  /**
   * Reads what a monitor that was killed has left. What is of no use is logged, and left alone.
   * Blocks as long as the disk does.
   *
   * @return empty when there is nothing of use
   */
  public static Optional<State.Monitor.Reader> leftBehind(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      State.Monitor.Reader state = StateRecord.readFile(path.toString());
      String boot = StateKeeper.currentBoot();
      if (boot.isEmpty() || !boot.equals(state.getBoot().toString())) {
        LOG.warn("state file {} is of no use: it is of another boot of the machine", path);
        return Optional.empty();
      }
      return Optional.of(state);
    } catch (IOException | RuntimeException refused) {
      LOG.error("state file {} is of no use", path, refused);
      return Optional.empty();
    }
  }

  /**
   * What the file holds, as a number that is another for other contents: for the worker after this
   * one.
   */
  long mark() {
    return there;
  }

  /** Has a record written; returns at once. */
  public void write(byte[] record) {
    if (!closed) {
      latest = record;
      if (writing == null) {
        goOn.perform();
      }
    }
  }

  /** There is nothing to know any more: has the file removed; returns at once. */
  void remove() {
    write(NOTHING);
  }

  /** Whether what was given last has been written. */
  public boolean isWritten() {
    return latest == null && writing == null;
  }

  /**
   * Completes when what was given last has been written, or cannot be for now: when that has
   * failed, or takes too long.
   */
  public CompletableFuture<Void> settled() {
    if (isWritten() || failing) {
      return CompletableFuture.completedFuture(null);
    }
    if (settled == null) {
      settled = new CompletableFuture<>();
      patience = loop.duty(this::settle);
      patience.dueAfter(PATIENCE);
    }
    return settled;
  }

  /** Takes nothing more; otherwise as {@link #settled}, after which the file is left alone. */
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> over = settled();
    closed = true;
    return over;
  }

  private void settle() {
    if (closed) {
      latest = null;
    }
    if (settled != null) {
      patience.cancel();
      settled.complete(null);
      settled = null;
    }
  }

  private void goOn() {
    if (writing != null && !writing.isDone()) {
      goOn.dueWhen(writing);
      return;
    }
    if (writing != null && writing.isCompletedExceptionally()) {
      onFailure(writing.exceptionNow());
      return;
    }
    if (writing != null) {
      failing = false;
      there = markOf(inWriting);
      writing = null;
    }
    boolean givenUp = closed && failing;
    if (latest != null && markOf(latest) != there && !givenUp) {
      start();
    } else {
      latest = null;
      settle();
    }
  }

  private void start() {
    byte[] record = latest;
    there = UNKNOWN;
    writing = loop.offload("state-file", () -> put(record));
    inWriting = record;
    latest = null;
    goOn.dueWhen(writing);
  }

  private void onFailure(Throwable failure) {
    if (!failing) {
      LOG.warn("state file {} not written, trying again: {}", path, failure.getMessage());
    }
    failing = true;
    latest = latest == null ? inWriting : latest;
    writing = null;
    settle();
    if (!closed) {
      goOn.dueAfter(AGAIN);
    }
  }

  private static long markOf(byte[] record) {
    return record.length == 0 ? ABSENT : StateRecord.mark(record);
  }

  /** On a thread of its own. */
  private Void put(byte[] record) throws IOException {
    if (record.length == 0) {
      removeFile();
      return null;
    }
    StagedFile file = StagedFile.write(path, MODE, record);
    try {
      file.putInPlace();
    } catch (IOException failed) {
      file.discard();
      throw failed;
    }
    return null;
  }

  private void removeFile() throws KernelException {
    try {
      OpenFile.remove(path);
    } catch (KernelException failed) {
      if (failed.errno() != Errno.ENOENT) {
        throw failed;
      }
    }
  }
}
