package io.conmonj.monitor.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message that was put together in good time, to be written when there is no memory left for
 * another. Any thread.
 */
public abstract class PreparedMessage {
  /** Stands for a number in the text, which is given when the message is written. */
  public static final String NUMBER = "##########";

  private static final byte MARK = '#';

  private final ByteBuffer bytes;
  private final int numberAt;

  /** For a message in this form, as its destination gets it. */
  PreparedMessage(String form) {
    this(form.getBytes(StandardCharsets.UTF_8));
  }

  PreparedMessage(byte[] form) {
    bytes = ByteBuffer.allocateDirect(form.length).put(form).flip();
    int at = 0;
    while (at < form.length && form[at] != MARK) {
      at++;
    }
    numberAt = at + NUMBER.length() <= form.length ? at : -1;
  }

  /** Writes it, without waiting; allocates nothing. */
  public final void write() {
    write(0);
  }

  /** Writes it with a number, not negative, of which the last ten digits are shown. */
  public final synchronized void write(long number) {
    if (numberAt >= 0) {
      long rest = number;
      for (int at = numberAt + NUMBER.length() - 1; at >= numberAt; at--) {
        bytes.put(at, (byte) ('0' + rest % 10));
        rest /= 10;
      }
    }
    bytes.clear();
    send();
  }

  /** All of it, from position to limit. */
  final ByteBuffer bytes() {
    return bytes;
  }

  /** Sends {@link #bytes}; whether they arrive does not matter any more. */
  abstract void send();
}
