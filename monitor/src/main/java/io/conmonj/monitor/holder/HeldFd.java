package io.conmonj.monitor.holder;

import io.conmonj.kernel.Fd;

/**
 * A descriptor that the holder keeps.
 *
 * @param name what it was deposited under
 * @param fd a copy, close-on-exec, which belongs to whoever has this; the holder keeps its own
 *     until it is withdrawn
 */
public record HeldFd(String name, Fd fd) {}
