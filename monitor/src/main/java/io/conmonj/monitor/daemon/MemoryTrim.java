package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.ProcessMemory;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the memory that a load has taken back to the system. The Java heap and malloc both keep
 * what they once had: a monitor that has had hundreds of clients for a minute would be three times
 * as large for the rest of its pod's life.
 *
 * <p>Looks some time after the loop has made some turns. When the process has grown by more than is
 * held for somebody, it collects and then trims, and what it has after that is the measure for the
 * next time. It is no measure where that was in the middle of a load, whose objects and threads
 * count for more than what is held: so it does the same when much less is held than then, and once
 * more after a time when much was given back. A monitor to which nothing happens does not look, and
 * has no timer for it. Loop thread only.
 */
final class MemoryTrim {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryTrim.class);

  /** Without so many turns nothing has happened that takes memory: a session takes some fifty. */
  private static final int TURNS = 64;

  /**
   * The same while something is held, whose end may be all that happens; this turn is the first.
   */
  private static final int TURNS_UNDER_LOAD = 2;

  /** When to look after that: long enough for a load to be over, well within a minute. */
  private static final Duration LATER = Duration.ofSeconds(10);

  /** Between collecting and trimming: what a collection finds is freed by threads of the VM. */
  private static final Duration FREEING = Duration.ofMillis(500);

  /** What is worth it, in bytes: collecting and trimming stop the loop for about 10 ms. */
  private static final long WORTH = 2 * 1024 * 1024;

  /** In bytes: what some dozens of connections hold that do nothing. */
  private static final long LOAD = 256 * 1024;

  private final EventLoop loop;
  private final LongSupplier held;
  private final Duty look;
  private final Duty trim;
  private long usual;

  /** When it was trimmed last. */
  private long heldThen;

  /** Before it is trimmed, as {@link #idle}. */
  private long before;

  private boolean again;

  private MemoryTrim(EventLoop loop, LongSupplier held) {
    this.loop = loop;
    this.held = held;
    this.look = loop.duty(this::look);
    this.trim = loop.duty(this::trim);
  }

  /**
   * Stands by until the loop ends.
   *
   * @param held how much memory is in use for somebody, in bytes
   */
  static void standBy(EventLoop loop, LongSupplier held) {
    MemoryTrim made = new MemoryTrim(loop, held);
    try {
      made.usual = made.idle();
    } catch (KernelException unreadable) {
      LOG.debug("memory is not given back", unreadable);
      return;
    }
    made.rest();
  }

  private void rest() {
    int turns = held.getAsLong() >= LOAD ? TURNS_UNDER_LOAD : TURNS;
    loop.afterTurns(turns, () -> look.dueAfter(LATER));
  }

  private void look() {
    try {
      before = idle();
      if (again || before - usual >= WORTH || heldThen - held.getAsLong() >= LOAD) {
        System.gc();
        trim.dueAfter(FREEING);
        return;
      }
    } catch (KernelException unreadable) {
      LOG.debug("look at memory", unreadable);
    }
    rest();
  }

  private void trim() {
    ProcessMemory.trim();
    try {
      usual = idle();
      heldThen = held.getAsLong();
      again = before - usual >= WORTH;
      LOG.debug("memory given back, {} bytes left", usual);
    } catch (KernelException unreadable) {
      again = false;
      LOG.debug("look at memory", unreadable);
    }
    if (again) {
      look.dueAfter(LATER);
    } else {
      rest();
    }
  }

  /** What is held for nobody, in bytes: the program itself, and what could be given back. */
  private long idle() throws KernelException {
    return ProcessMemory.anonymous() - held.getAsLong();
  }
}
