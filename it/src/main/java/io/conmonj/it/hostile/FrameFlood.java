package io.conmonj.it.hostile;

import java.io.IOException;

/** Sends the same frames again and again, as fast as they are taken, until the server ends it. */
public final class FrameFlood implements AutoCloseable {
  /** The connection, as far as a flood needs it. */
  @FunctionalInterface
  public interface Sink {
    /** Sends frames whole. */
    void send(byte[] frames) throws IOException;
  }

  private static final int BURST = 64 * 1024;

  private final AutoCloseable link;

  private FrameFlood(AutoCloseable link) {
    this.link = link;
  }

  /**
   * Starts to send, on a thread of its own.
   *
   * @param link closed with this
   * @param sink where frames are sent to; of the same connection
   * @param frame sent again and again, many in one write
   */
  public static FrameFlood start(AutoCloseable link, Sink sink, byte[] frame) {
    FrameFlood flood = new FrameFlood(link);
    byte[] burst = new byte[Math.max(1, BURST / frame.length) * frame.length];
    for (int at = 0; at < burst.length; at += frame.length) {
      System.arraycopy(frame, 0, burst, at, frame.length);
    }
    Thread.ofPlatform().daemon().name("frame-flood").start(() -> flood.run(sink, burst));
    return flood;
  }

  private void run(Sink sink, byte[] burst) {
    try {
      while (true) {
        sink.send(burst);
      }
    } catch (IOException cut) {
      // It can send no more: the connection has ended.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      link.close();
    } catch (Exception e) {
      throw new IOException("close the link of a flood", e);
    }
  }
}
