package io.conmonj.monitor.log;

import io.conmonj.kernel.SendReceipt;
import io.conmonj.kernel.SharedMemory;

/**
 * The marks in a {@link LogMemory}: room for two, of which the last that was finished holds. In a
 * log in the journal, one may be there before it holds, from the moment on in which an entry is
 * sent. One thread at a time.
 */
final class LogMarks {
  /** How many have been made; the last is in the first half for even ones. */
  private static final int COUNT_AT = 48;

  /** The number of the one that holds as soon as the entry is sent that it is of. */
  private static final int ANNOUNCED_AT = 56;

  private static final int FIRST_AT = 256;
  private static final int RECEIPT_AT = FIRST_AT + 2 * LogMark.LENGTH;

  private final SharedMemory memory;
  private final SendReceipt receipt;
  private long count;

  /** None yet. */
  LogMarks(SharedMemory memory) {
    this.memory = memory;
    receipt = new SendReceipt(memory, RECEIPT_AT);
  }

  /** Goes on with those of another worker. */
  void goOn() {
    count = memory.get(COUNT_AT);
    if (memory.get(ANNOUNCED_AT) == count + 1 && receipt.isGiven()) {
      announcedHolds();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The one that holds; there is one. */
  LogMark last() {
    return LogMark.of(memory, at(count));
  }

  /**
   * Adds one.
   *
   * @throws OutOfMemoryError when there is no memory to do so; then nothing has changed
   */
  void put(LogMark mark) {
    mark.writeTo(memory, at(count + 1));
    holds(count + 1);
  }

  /**
   * Adds one that holds from the moment on in which the next entry is sent by way of the {@link
   * #receipt}; whoever goes on from here finds out whether it was.
   *
   * @throws OutOfMemoryError as with {@link #put}
   */
  void announce(LogMark mark) {
    receipt.clear();
    mark.writeTo(memory, at(count + 1));
    memory.put(ANNOUNCED_AT, count + 1);
  }

  /** The entry has been sent. Takes no memory. */
  void announcedHolds() {
    holds(count + 1);
  }

  private void holds(long number) {
    count = number;
    memory.put(COUNT_AT, count);
  }

  SendReceipt receipt() {
    return receipt;
  }

  private static int at(long number) {
    return FIRST_AT + (int) (number & 1) * LogMark.LENGTH;
  }
}
