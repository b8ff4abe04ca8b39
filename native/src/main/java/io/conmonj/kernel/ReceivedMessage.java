package io.conmonj.kernel;

import java.util.List;

/**
 * What one receive on a unix socket gave. The descriptors belong to whoever receives it: take them
 * over one by one, or {@link #close} closes them all. Used by one thread.
 */
public final class ReceivedMessage implements AutoCloseable {
  private final byte[] data;
  private final List<Fd> descriptors;
  private final boolean dataTruncated;
  private final boolean descriptorsLost;

  ReceivedMessage(
      byte[] data, List<Fd> descriptors, boolean dataTruncated, boolean descriptorsLost) {
    this.data = data;
    this.descriptors = List.copyOf(descriptors);
    this.dataTruncated = dataTruncated;
    this.descriptorsLost = descriptorsLost;
  }

  /** The bytes; the caller's from now on. */
  public byte[] data() {
    return data;
  }

  /** The descriptors in the order in which they were sent, close-on-exec each. */
  public List<Fd> descriptors() {
    return descriptors;
  }

  /** Whether the packet was longer than asked for; its rest is gone. Never so on a stream. */
  public boolean dataTruncated() {
    return dataTruncated;
  }

  /**
   * Whether more descriptors were sent than are here, because there were more than asked for or
   * because this process has too many open.
   */
  public boolean descriptorsLost() {
    return descriptorsLost;
  }

  /** Whether this is the end: the peer has closed or shut down. An empty packet looks the same. */
  public boolean isEnd() {
    return data.length == 0 && descriptors.isEmpty() && !descriptorsLost;
  }

  /** Closes the descriptors. */
  @Override
  public void close() {
    descriptors.forEach(Fd::close);
  }
}
