package io.conmonj.streaming;

/**
 * What the sessions of one kind over one protocol have been since the server was made, as it was at
 * one moment.
 *
 * @param kind what they are for
 * @param protocol as in {@link SessionInfo}
 * @param begun how many have begun
 * @param connected how many of these have their client now
 * @param received bytes that came from clients, as in {@link SessionInfo}
 * @param sent bytes that went to clients
 */
public record SessionTotals(
    SessionKind kind, String protocol, long begun, int connected, long received, long sent) {}
