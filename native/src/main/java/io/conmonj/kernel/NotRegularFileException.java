package io.conmonj.kernel;

import java.io.IOException;

/** A name leads to something that is no file of bytes: to a FIFO, a socket or a device. */
public final class NotRegularFileException extends IOException {
  /**
   * @param kind what is there instead, such as {@code a FIFO}
   */
  NotRegularFileException(String kind) {
    super("it is " + kind + ", not a regular file");
  }
}
