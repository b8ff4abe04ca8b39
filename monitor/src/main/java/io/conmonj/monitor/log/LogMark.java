package io.conmonj.monitor.log;

import io.conmonj.kernel.SharedMemory;

/**
 * How far a log has come, as it is kept in a {@link LogMemory}.
 *
 * @param tail where the last chunk ends that is wholly in the file
 * @param left how many bytes of the next one are not; {@link #WHOLE} where none is
 * @param unkept how many bytes are in the file that were not kept, since the beginning
 * @param place the file system of the file
 * @param inode its number there
 * @param size how many bytes of it belong to what is told here: what it has more is records of the
 *     chunks that follow, in the form that they will have again
 * @param begun whether the container has had anything written to it
 * @param standing of the format, see {@link Standing}
 * @param counts since the log was made, without what was lost
 */
record LogMark(
    long tail,
    long left,
    long unkept,
    long place,
    long inode,
    long size,
    boolean begun,
    long standing,
    LogStatistics counts) {
  /** For {@link #left}. */
  static final long WHOLE = -1;

  static final LogMark NOTHING = new LogMark(0, WHOLE, 0, 0, 0, 0, false, 0, LogStatistics.ZERO);

  private static final int FIELDS = 12;

  /** Room for more, which a worker that does not know them leaves alone. */
  static final int LENGTH = 32 * Long.BYTES;

  /** The same of another file. */
  LogMark in(long otherPlace, long otherInode, long otherSize) {
    return new LogMark(
        tail, left, unkept, otherPlace, otherInode, otherSize, begun, standing, counts);
  }

  void writeTo(SharedMemory memory, int at) {
    long[] fields = {
      tail,
      left,
      unkept,
      place,
      inode,
      size,
      begun ? 1 : 0,
      standing,
      counts.bytesWritten(),
      counts.writeErrors(),
      counts.rotations(),
      counts.linesWritten()
    };
    for (int i = 0; i < fields.length; i++) {
      memory.put(at + i * Long.BYTES, fields[i]);
    }
  }

  static LogMark of(SharedMemory memory, int at) {
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = memory.get(at + i * Long.BYTES);
    }
    int none = 0;
    return new LogMark(
        fields[0],
        fields[1],
        fields[2],
        fields[3],
        fields[4],
        fields[5],
        fields[6] != 0,
        fields[7],
        new LogStatistics(fields[8], fields[9], fields[10], none, fields[11]));
  }
}
