/**
 * What is held in memory for somebody, and how much of it there may be.
 *
 * <p>A {@link io.conmonj.streaming.memory.MemoryAccount} has a limit and knows what is held on it.
 * Buffers that its allocator makes are counted by themselves, from when they are made until the
 * last share of them is released: a slice of one byte counts as the whole buffer that it keeps
 * alive. What is held otherwise (objects of the heap, the state of a compressor) is added by hand.
 *
 * <p>An account does not forbid. Who is about to take more asks it for room first, and when there
 * is none stops reading, refuses, or ends what holds the most. So an account can be over its limit
 * by what one read of each of its users brings, and no more.
 */
package io.conmonj.streaming.memory;
