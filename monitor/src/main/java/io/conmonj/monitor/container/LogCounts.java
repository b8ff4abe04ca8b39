package io.conmonj.monitor.container;

import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.schema.State;

/** What a log has done, in a state. */
final class LogCounts {
  private LogCounts() {}

  static void write(LogStatistics from, State.LogCounts.Builder to) {
    to.setBytesWritten(from.bytesWritten());
    to.setWriteErrors(from.writeErrors());
    to.setRotations(from.rotations());
    to.setBytesLost(from.bytesLost());
    to.setBytesDropped(from.bytesDropped());
    to.setLinesDropped(from.linesDropped());
    to.setLinesWritten(from.linesWritten());
  }

  static LogStatistics of(State.LogCounts.Reader from) {
    return new LogStatistics(
        from.getBytesWritten(),
        from.getWriteErrors(),
        from.getRotations(),
        from.getBytesLost(),
        from.getBytesDropped(),
        from.getLinesDropped(),
        from.getLinesWritten());
  }
}
