package io.conmonj.monitor.observe;

/**
 * Something that is done for somebody, from its beginning to its end, as OpenTelemetry's traces
 * show it. What goes wrong with a span costs the trace something and nobody else: no method throws.
 * Loop thread only.
 */
public interface Span {
  /** Begins one that is a part of this one; it may end later. */
  Span child(String name);

  /** Says something about it; long values are cut. */
  void attribute(String key, String value);

  /** Says something about it. */
  void attribute(String key, long value);

  /** What was done has failed. */
  void failed();

  /** It is over; of several ends the first counts. What does not end is not exported. */
  void end();
}
