package io.conmonj.monitor.observe;

/**
 * Writes metrics as text. Each family is begun with its name and help, and its samples follow. The
 * formats differ little: OpenMetrics names the family of a counter without {@code _total} and that
 * of an info without {@code _info}, and says where the text ends.
 *
 * <p>Help has neither backslashes nor line breaks. Labels are given as name, value, name, value.
 */
public final class MetricsText {
  private static final int USUAL_LENGTH = 16 * 1024;
  private static final int NANOS_DIGITS = 9;
  private static final long NANOS = 1_000_000_000L;

  private final MetricsFormat format;
  private final StringBuilder out = new StringBuilder(USUAL_LENGTH);

  /** The name of the samples of the family that was begun last. */
  private String sample = "";

  /** Begins without any family. */
  public MetricsText(MetricsFormat format) {
    this.format = format;
  }

  /**
   * Begins a family of values that only grow.
   *
   * @param name without {@code _total}
   */
  public void counter(String name, String help) {
    sample = name + "_total";
    begin(isOpenMetrics() ? name : sample, "counter", help);
  }

  /** Begins a family of values that come and go. */
  public void gauge(String name, String help) {
    sample = name;
    begin(name, "gauge", help);
  }

  /**
   * Begins a family whose labels are what it says; the value is 1.
   *
   * @param name without {@code _info}
   */
  public void info(String name, String help) {
    sample = name + "_info";
    begin(isOpenMetrics() ? name : sample, isOpenMetrics() ? "info" : "gauge", help);
  }

  /** Begins a family of distributions; its samples are those of {@link Histogram#write}. */
  public void histogram(String name, String help) {
    sample = name;
    begin(name, "histogram", help);
  }

  /** A sample of the family that was begun last. */
  public void value(long value, String... labels) {
    part("", value, labels);
  }

  /**
   * A sample in seconds.
   *
   * @param nanos zero or more
   */
  public void seconds(long nanos, String... labels) {
    partSeconds("", nanos, labels);
  }

  /** The same for one of the samples that a histogram consists of. */
  void part(String suffix, long value, String... labels) {
    name(suffix, labels);
    out.append(value).append('\n');
  }

  void partSeconds(String suffix, long nanos, String... labels) {
    name(suffix, labels);
    appendSeconds(nanos);
    out.append('\n');
  }

  /** The whole text; nothing may be written after this. */
  public String finish() {
    if (isOpenMetrics()) {
      out.append("# EOF\n");
    }
    return out.toString();
  }

  private boolean isOpenMetrics() {
    return format == MetricsFormat.OPEN_METRICS;
  }

  private void begin(String family, String type, String help) {
    out.append("# HELP ").append(family).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
  }

  private void name(String suffix, String... labels) {
    out.append(sample).append(suffix);
    if (labels.length > 0) {
      char separator = '{';
      for (int i = 0; i < labels.length; i += 2) {
        out.append(separator).append(labels[i]).append("=\"");
        appendEscaped(labels[i + 1]);
        out.append('"');
        separator = ',';
      }
      out.append('}');
    }
    out.append(' ');
  }

  private void appendEscaped(String label) {
    for (int i = 0; i < label.length(); i++) {
      char each = label.charAt(i);
      switch (each) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(each);
      }
    }
  }

  /** Without a double on the way, which would lose digits and load classes. */
  private void appendSeconds(long nanos) {
    out.append(nanos / NANOS);
    String fraction = Long.toString(nanos % NANOS);
    out.append('.').repeat('0', NANOS_DIGITS - fraction.length()).append(fraction);
  }
}
