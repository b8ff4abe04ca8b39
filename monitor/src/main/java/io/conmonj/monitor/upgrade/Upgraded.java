package io.conmonj.monitor.upgrade;

import java.time.Duration;
import java.util.Optional;

/**
 * The worker of another build has taken the place of this one.
 *
 * @param directory of its distribution, absolute and without symbolic links
 * @param pause for how long nothing was read or written
 * @param endedSessions how many clients could not be gone on with, and were ended
 * @param holderStays why the holder stays the program that it is, though the distribution brings
 *     another; empty when it follows, or is that
 */
public record Upgraded(
    String directory, Duration pause, int endedSessions, Optional<String> holderStays) {}
