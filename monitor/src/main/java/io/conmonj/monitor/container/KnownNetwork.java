package io.conmonj.monitor.container;

import io.conmonj.kernel.FileStatus;

/**
 * What network namespace a container was created in, without holding it: its number may be another
 * one's since.
 *
 * @param file the namespace as a file, whose number that is
 * @param at a moment when it was so, in the terms of {@link System#nanoTime}
 */
public record KnownNetwork(FileStatus file, long at) {}
