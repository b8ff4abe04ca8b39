package io.conmonj.monitor.loop;

/** What a {@link Watch} waits for. */
public enum Interest {
  /** Nothing: not even a hang-up is reported, the descriptor costs the loop nothing. */
  NONE(false, false),
  /** That a read would give bytes, the end of the stream or an error. */
  READ(true, false),
  /** That a write would take bytes or give an error. */
  WRITE(false, true),
  /** Either of them. */
  READ_WRITE(true, true),
  /** Only that the other end has gone, or an error: {@link ReadinessListener#onHangUp} is told. */
  HANG_UP(false, false);

  private final boolean read;
  private final boolean write;

  Interest(boolean read, boolean write) {
    this.read = read;
    this.write = write;
  }

  boolean read() {
    return read;
  }

  boolean write() {
    return write;
  }
}
