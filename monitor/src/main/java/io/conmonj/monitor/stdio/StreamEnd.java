package io.conmonj.monitor.stdio;

import java.io.IOException;

/** Why nothing more comes from a stream. */
public sealed interface StreamEnd {
  /** Whoever held the other end has closed it, and everything it wrote has been delivered. */
  record Eof() implements StreamEnd {}

  /**
   * Some process still holds the other end, but its output is not waited for any longer: the
   * process it was made for has ended.
   *
   * @param quiet whether nothing had come for a while; otherwise its time was up, and what comes
   *     after is lost
   */
  record Abandoned(boolean quiet) implements StreamEnd {}

  /**
   * Reading failed, or the listener held the stream back for longer than it may; what came before
   * has been delivered, what may have come after is lost.
   *
   * @param cause names the call and the error
   */
  record Failed(IOException cause) implements StreamEnd {}
}
