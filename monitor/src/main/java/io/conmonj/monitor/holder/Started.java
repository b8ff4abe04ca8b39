package io.conmonj.monitor.holder;

/**
 * What tells a child of the holder from any other, also when its number is another's.
 *
 * @param pid its number
 * @param start when it began, as in {@link HeldProcess}
 */
public record Started(int pid, long start) {}
