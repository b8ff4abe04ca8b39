package io.conmonj.client.model;

/**
 * How much memory a monitor held for one purpose when it was asked.
 *
 * @param name of the purpose, such as {@code sessions}; never null
 * @param heldBytes how much it held; may be a little more than the limit
 * @param limitBytes how much it may hold
 */
public record MemoryUse(String name, long heldBytes, long limitBytes) {}
