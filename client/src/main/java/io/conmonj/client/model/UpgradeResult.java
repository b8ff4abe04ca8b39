package io.conmonj.client.model;

import java.time.Duration;

/**
 * What an upgrade of a monitor has come to.
 *
 * @param distribution absolute path of the distribution that the monitor runs from now, without
 *     symbolic links
 * @param pause for how long the monitor neither read nor wrote anything
 * @param endedSessions how many clients could not be gone on with, and were ended
 */
public record UpgradeResult(String distribution, Duration pause, long endedSessions) {}
