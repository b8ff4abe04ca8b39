package io.conmonj.monitor.upgrade;

import java.time.Duration;

/**
 * The worker of another build has taken the place of this one.
 *
 * @param directory of its distribution, absolute and without symbolic links
 * @param pause for how long nothing was read or written
 * @param endedSessions how many clients could not be gone on with, and were ended
 */
public record Upgraded(String directory, Duration pause, int endedSessions) {}
