package io.conmonj.client.model;

/**
 * How often something has ended a sleep of a monitor.
 *
 * @param cause {@code output} of a container, {@code call} for who uses the control socket or that
 *     for descriptors, {@code session} for a streaming client, {@code attach} for one of an attach
 *     socket, {@code metrics}, {@code exit}, {@code time}, {@code signal}, {@code other}; those of
 *     later monitors may be others. Never null
 * @param count how often it was that
 */
public record WakeCount(String cause, long count) {}
