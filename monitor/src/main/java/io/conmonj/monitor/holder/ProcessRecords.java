package io.conmonj.monitor.holder;

import io.conmonj.kernel.ExitStatus;
import io.conmonj.kernel.Packet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Ends of children that have been read and not been told, first come, first told. To add one takes
 * no memory where room was made before; the holder tells each end once to a worker. Loop thread
 * only.
 */
final class ProcessRecords {
  private static final int BYTES = Protocol.PROCESS_BYTES;

  /** A process that has ended, as its record says. */
  private static final int ENDED = 2;

  // "how": CLD_EXITED, CLD_KILLED, CLD_DUMPED of asm-generic/siginfo.h
  private static final int EXITED = 1;
  private static final int DUMPED = 3;

  private byte[] records = new byte[8 * BYTES];
  private int first;
  private int count;

  /**
   * Makes room.
   *
   * @param processes so many in all
   */
  void makeRoom(int processes) {
    int wanted = processes * BYTES;
    if (wanted <= records.length) {
      return;
    }
    byte[] wider = new byte[Math.max(wanted, 2 * records.length)];
    System.arraycopy(records, first, wider, 0, count * BYTES);
    records = wider;
    first = 0;
  }

  /** Adds the record in the body of a packet. */
  void add(Packet packet) {
    if (first + (count + 1) * BYTES > records.length) {
      System.arraycopy(records, first, records, 0, count * BYTES);
      first = 0;
      makeRoom(count + 1);
    }
    packet.getBytes(Protocol.HEADER_BYTES, records, first + count * BYTES, BYTES);
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The first, which stays. */
  HeldProcess first() {
    return read(ByteBuffer.wrap(records, first, BYTES).slice().order(ByteOrder.nativeOrder()));
  }

  /** Lets the first go. */
  void remove() {
    count--;
    first = count == 0 ? 0 : first + BYTES;
  }

  /** A process of a list. */
  static HeldProcess read(Body body, int offset) {
    ByteBuffer record = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < BYTES; i += Long.BYTES) {
      record.putLong(i, body.getLong(offset + i));
    }
    return read(record);
  }

  private static HeldProcess read(ByteBuffer record) {
    boolean ended = record.get(4) == ENDED;
    return new HeldProcess(
        record.getInt(0),
        record.getLong(16),
        record.getLong(24),
        !ended,
        ended ? Optional.of(status(record.get(7), record.getInt(8))) : Optional.empty(),
        record.getLong(32));
  }

  private static ExitStatus status(int how, int number) {
    return how == EXITED
        ? new ExitStatus.Exited(number)
        : new ExitStatus.Killed(number, how == DUMPED);
  }
}
