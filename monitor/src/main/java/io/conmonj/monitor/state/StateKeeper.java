package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.capnproto.MessageBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the state of the whole monitor written when any of it has changed. What its sink does not
 * take, as where there is no descriptor left for it, is given to it again, a little later. Loop
 * thread only.
 */
public final class StateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

  /** As long as a disk is waited for. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Until it is tried again, while somebody waits. */
  private static final Duration SOON = Duration.ofMillis(100);

  /** The same, after that. */
  private static final Duration LATER = Duration.ofSeconds(1);

  /** See random(4). */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final StateSink sink;
  private final Optional<StateFile> file;
  private final Duration limit;
  private final Duty write;
  private final Duty tooLate;
  private final List<StateOwner> owners = new ArrayList<>();
  private final List<StateOwner> fileOwners = new ArrayList<>();
  private Optional<String> boot = Optional.empty();

  /** Of those who wait until it is written the next time. */
  private CompletableFuture<Void> kept = new CompletableFuture<>();

  private boolean failing;
  private boolean late;
  private boolean written;
  private boolean settled;

  /**
   * @param file gets what its owners have to say, whenever the state is written; empty for none
   */
  public StateKeeper(EventLoop loop, StateSink sink, Optional<StateFile> file) {
    this(loop, sink, file, LIMIT);
  }

  /**
   * The same, with another limit.
   *
   * @param limit how long whoever waits for the state waits at most
   */
  StateKeeper(EventLoop loop, StateSink sink, Optional<StateFile> file, Duration limit) {
    this.sink = sink;
    this.file = file;
    this.limit = limit;
    this.write = loop.duty(this::write);
    this.tooLate = loop.duty(this::tooLate);
  }

  /** Adds one who says what is in the state. */
  public void owner(StateOwner owner) {
    owners.add(owner);
  }

  /**
   * Adds one who says what is in the file, which is there for a monitor that has nothing else to go
   * by. What changes often does not belong there: each change is a write to a disk.
   */
  void fileOwner(StateOwner owner) {
    fileOwners.add(owner);
  }

  /** See {@link StateFile#settled}. */
  public CompletableFuture<Void> settled() {
    return file.isPresent() ? file.get().settled() : CompletableFuture.completedFuture(null);
  }

  /**
   * Nothing goes to the file any more, which is another monitor's from now on.
   *
   * @return completes when that is so; see {@link StateFile#close}
   */
  public CompletableFuture<Void> closeFile() {
    return file.isPresent() ? file.get().close() : CompletableFuture.completedFuture(null);
  }

  /** See {@link StateFile#mark}. */
  long fileMark() {
    return file.isPresent() ? file.get().mark() : StateFile.UNKNOWN;
  }

  /**
   * Has the state written at the end of this turn of the loop, once. Takes no memory.
   *
   * @return completes when what has changed until now survives this worker, mostly at once then;
   *     fails with an {@link IOException} when that takes more than 30 s
   */
  public CompletableFuture<Void> changed() {
    write.due();
    return kept;
  }

  /**
   * As {@link #putNow}, where all that was read is written to where it belongs, and nothing will be
   * read from now on: so that the next worker can rely on where the logs stand. If this one goes on
   * instead, {@link #putNow} comes before it reads.
   *
   * @return whether it has been written
   */
  public boolean putSettled() {
    settled = true;
    boolean done = putNow();
    settled = false;
    return done;
  }

  /**
   * Writes the state: what is in it survives from here on. Nothing is thrown: a failure is logged,
   * and it is written again.
   *
   * @return whether it has been written
   */
  public boolean putNow() {
    written = false;
    write.perform();
    return written;
  }

  private void write() {
    // Before anything that takes memory: whoever waits is told, whatever happens.
    tooLate.dueAfter(limit);
    if (file.isPresent()) {
      writeFile(file.get());
    }
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    monitor.setWrittenNanos(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    monitor.setBoot(boot());
    monitor.setSettled(settled);
    for (int i = 0; i < owners.size(); i++) {
      owners.get(i).describe(monitor);
    }
    try (Fd sealed = StateRecord.seal(StateRecord.of(message))) {
      sink.putState(sealed);
    } catch (IOException refused) {
      if (!failing) {
        LOG.error("state not kept, trying again", refused);
      }
      failing = true;
      write.dueAfter(late ? LATER : SOON);
      return;
    }
    tooLate.cancel();
    failing = false;
    late = false;
    written = true;
    next().complete(null);
  }

  private void tooLate() {
    late = true;
    next()
        .completeExceptionally(
            new IOException("the state could not be kept for " + limit.toSeconds() + " s"));
  }

  /** Of those who wait until now; who comes from here on waits for what is written from here on. */
  private CompletableFuture<Void> next() {
    CompletableFuture<Void> waiting = kept;
    kept = new CompletableFuture<>();
    return waiting;
  }

  private void writeFile(StateFile to) {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    for (int i = 0; i < fileOwners.size(); i++) {
      fileOwners.get(i).describe(monitor);
    }
    if (isAnythingToKnow(monitor.asReader())) {
      // It has no time of writing, which would make each one another.
      monitor.setBoot(boot());
      to.write(StateRecord.of(message));
    } else {
      to.remove();
    }
  }

  private static boolean isAnythingToKnow(State.Monitor.Reader monitor) {
    return monitor.getContainers().size() > 0
        || monitor.getExits().size() > 0
        || monitor.getKilled().getOrphans().size() > 0;
  }

  private String boot() {
    if (boot.isEmpty()) {
      boot = Optional.of(currentBoot());
    }
    return boot.get();
  }

  /** What tells this boot of the machine from others; empty when the kernel does not say. */
  public static String currentBoot() {
    try {
      return Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
    } catch (IOException unknown) {
      LOG.warn("boot of the machine not known", unknown);
      return "";
    }
  }
}
