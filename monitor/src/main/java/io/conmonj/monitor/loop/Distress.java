package io.conmonj.monitor.loop;

import java.util.concurrent.TimeUnit;

/**
 * What the errors of the Java VM say about it. One alone is dealt with where it occurs and ends
 * what raised it; this looks whether there will be an end to them. Allocates nothing. Loop thread
 * only.
 *
 * <p>The VM cannot go on when it says so itself, when a class is lost for good because its
 * initialisation failed, or when the heap stays full: nobody would be served any more, and nothing
 * would end.
 */
final class Distress {
  /** How long the heap may stay full before what can be spared is let go of. */
  static final long RELIEVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long it may stay full at all. */
  static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * Without an error for so long, the next one is the first. An allocation that fails takes the
   * virtual machine up to a second, on a busy machine.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** So much of it free is enough to go on, in bytes: more than a turn of the loop uses. */
  private static final long ROOM = 512 * 1024;

  /** What HotSpot says of a class whose initialisation has failed before. */
  private static final String LOST_CLASS = "Could not initialize class";

  private final Memory memory;
  private final Emergency emergency;
  private Error inThisTurn;
  private boolean inDistress;
  private boolean relieved;
  private long first;
  private long latest;
  private long relief;

  /** How much memory there is, and what time it is. */
  interface Memory {
    /** Bytes of heap that can still be allocated. */
    long free();

    /** As {@link System#nanoTime}. */
    default long nanoTime() {
      return System.nanoTime();
    }
  }

  Distress(Memory memory, Emergency emergency) {
    this.memory = memory;
    this.emergency = emergency;
  }

  /** Free bytes of this program's heap. */
  static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** An error has been dealt with. */
  void contained(Error error) {
    if (isEnd(error)) {
      emergency.giveUp(error);
    }
    if (error instanceof OutOfMemoryError) {
      inThisTurn = error;
    }
  }

  /** A turn of the loop is over. */
  void turnOver() {
    Error error = inThisTurn;
    inThisTurn = null;
    if (error == null && !inDistress) {
      return;
    }
    if (memory.free() >= ROOM) {
      leave();
    } else if (error != null) {
      stillFull(error, memory.nanoTime());
    }
  }

  private void leave() {
    inDistress = false;
    if (relieved) {
      relieved = false;
      emergency.recovered();
    }
  }

  private void stillFull(Error error, long now) {
    if (!inDistress || now - latest > QUIET_NANOS) {
      inDistress = true;
      first = now;
    }
    latest = now;
    if (now - first > GIVE_UP_NANOS) {
      emergency.giveUp(error);
    } else if (now - first > RELIEVE_NANOS && (!relieved || now - relief > RELIEVE_NANOS)) {
      relieved = true;
      relief = now;
      emergency.relieve();
    }
  }

  private static boolean isEnd(Error error) {
    if (error instanceof VirtualMachineError) {
      return !(error instanceof OutOfMemoryError || error instanceof StackOverflowError);
    }
    return error instanceof ExceptionInInitializerError
        || (error instanceof NoClassDefFoundError
            && error.getMessage() != null
            && error.getMessage().startsWith(LOST_CLASS));
  }
}
