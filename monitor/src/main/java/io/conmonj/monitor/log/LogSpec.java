package io.conmonj.monitor.log;

/**
 * What a log is, as data.
 *
 * @param path absolute; empty for systemd's journal
 * @param maxSize bytes from which a file is rotated; 0 for no limit
 */
public record LogSpec(Kind kind, String path, long maxSize) {
  /** Of what kind; the numbers are those of {@code state.capnp}. */
  public enum Kind {
    /** A file in the CRI log format. */
    CRI(1),
    /** A file of JSON lines. */
    JSON(2),
    /** systemd's journal. */
    JOURNALD(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** Its number in a state. */
    public int number() {
      return number;
    }

    /**
     * The kind of a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Kind of(int number) {
      for (Kind each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      throw new IllegalArgumentException("log of unknown kind " + number);
    }
  }
}
