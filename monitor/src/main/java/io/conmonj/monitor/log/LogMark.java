package io.conmonj.monitor.log;

import io.conmonj.kernel.SharedMemory;

/**
 * How far a log has come, as it is kept in a {@link LogMemory}.
 *
 * @param tail where the last chunk ends that is wholly in the file
 * @param left how many bytes of the next one are not; {@link #WHOLE} where none is
 * @param unkept how many bytes are in the file that were not kept, since the beginning
 * @param position in the file. Of its bytes those are counted that belong to what is told here:
 *     what it has more is records of the chunks that follow, in the form that they will have again
 * @param counts since the log was made, without what was lost
 */
record LogMark(long tail, long left, long unkept, FilePosition position, LogStatistics counts) {
  /** For {@link #left}. */
  static final long WHOLE = -1;

  static final LogMark NOTHING =
      new LogMark(0, WHOLE, 0, new FilePosition(0, 0, 0, false, 0), LogStatistics.ZERO);

  private static final int FIELDS = 12;

  /** Room for more, which a worker that does not know them leaves alone. */
  static final int LENGTH = 32 * Long.BYTES;

  /** The same of another file. */
  LogMark at(FilePosition other) {
    return new LogMark(tail, left, unkept, other, counts);
  }

  void writeTo(SharedMemory memory, int at) {
    long[] fields = {
      tail,
      left,
      unkept,
      position.place(),
      position.inode(),
      position.size(),
      position.begun() ? 1 : 0,
      position.standing(),
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
        new FilePosition(fields[3], fields[4], fields[5], fields[6] != 0, fields[7]),
        new LogStatistics(fields[8], fields[9], fields[10], none, fields[11]));
  }
}
