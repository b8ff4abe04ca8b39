package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.EventLoop;

/**
 * How fast each stream of a container may be logged.
 *
 * @param bytes in a second; 0 for any number
 * @param lines in a second; 0 for any number
 * @param policy what becomes of more
 */
public record LogRate(long bytes, long lines, Policy policy) {
  /** As fast as the container writes and the log takes it. */
  public static final LogRate NONE = new LogRate(0, 0, Policy.BLOCK);

  /** What becomes of output that exceeds the rate. */
  public enum Policy {
    /** It waits, and with it whoever writes it. */
    BLOCK,
    /** It is not logged; the log says how much was not. */
    DROP
  }

  /**
   * Applies this to a log.
   *
   * @param owner whose log it is, for messages
   */
  public LogDriver limit(EventLoop loop, LogOwner owner, LogDriver log) {
    if (bytes == 0 && lines == 0) {
      return log;
    }
    return switch (policy) {
      case BLOCK -> new ThrottledLog(loop, log, this);
      case DROP -> new DroppingLog(loop, owner, log, this);
    };
  }

  /**
   * Applies this to a log that another worker wrote to. What a container owes for having written
   * too fast is forgiven: it is a second's worth at most.
   *
   * @param rate as that worker left it ({@link LogDriver#rate})
   */
  public LogDriver limit(EventLoop loop, LogOwner owner, LogDriver log, LogPosition rate) {
    LogDriver limited = limit(loop, owner, log);
    if (rate.exact() && limited instanceof DroppingLog dropping) {
      dropping.goOn(rate.data());
    }
    return limited;
  }

  /** In words, for what is dropped. */
  @Override
  public String toString() {
    String ofBytes = bytes == 0 ? "" : bytes + " bytes/s";
    String ofLines = lines == 0 ? "" : lines + " lines/s";
    return ofBytes + (bytes == 0 || lines == 0 ? "" : " and ") + ofLines;
  }
}
