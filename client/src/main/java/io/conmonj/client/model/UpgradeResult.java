package io.conmonj.client.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What an upgrade of a monitor has come to.
 *
 * @param distribution absolute path of the distribution that the monitor runs from now, without
 *     symbolic links
 * @param pause for how long the monitor neither read nor wrote anything
 * @param endedSessions how many clients could not be gone on with, and were ended
 * @param holderStays why the monitor's first process, the holder, stays the program that it is,
 *     though the distribution brings another; empty when it follows, or is that, and from monitors
 *     that do not say
 */
public record UpgradeResult(
    String distribution, Duration pause, long endedSessions, Optional<String> holderStays) {}
