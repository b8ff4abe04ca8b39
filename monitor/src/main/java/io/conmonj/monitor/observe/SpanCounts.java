package io.conmonj.monitor.observe;

/**
 * What became of spans.
 *
 * @param exported those that the collector has taken
 * @param dropped those for which there was no room in the queue, or no memory
 * @param undelivered those that the collector did not take, or that it did not answer for
 */
public record SpanCounts(long exported, long dropped, long undelivered) {}
