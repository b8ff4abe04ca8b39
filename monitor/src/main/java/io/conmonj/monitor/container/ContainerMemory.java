package io.conmonj.monitor.container;

import io.conmonj.monitor.stdio.Followers;
import io.conmonj.streaming.memory.MemoryAccount;

/**
 * What the containers of a monitor may hold in memory, beside what was just read from them.
 *
 * @param answers what commands wrote that are run to their end, until it has been answered
 * @param replay what is kept of each output for those who attach later
 * @param followers those who follow an output, and what waits for them
 */
public record ContainerMemory(MemoryAccount answers, MemoryAccount replay, Followers followers) {}
