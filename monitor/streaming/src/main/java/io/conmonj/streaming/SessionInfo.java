package io.conmonj.streaming;

/**
 * A session as it was at one moment.
 *
 * @param id its number, never given to another session of the same server; not the secret of its
 *     URL
 * @param kind what it is for
 * @param target where it goes, by the backend's own name
 * @param protocol what its client and the server speak, as negotiated, such as {@code
 *     v5.channel.k8s.io} or {@code SPDY/3.1 v4.channel.k8s.io}
 * @param connected whether its client is there; of one that is not, the work still goes on
 * @param sinceNanos when it began, in nanoseconds since 1970-01-01T00:00:00Z
 * @param received bytes of its streams or connections that came from the client, without framing
 * @param sent bytes that went to the client, likewise
 */
public record SessionInfo(
    long id,
    SessionKind kind,
    String target,
    String protocol,
    boolean connected,
    long sinceNanos,
    long received,
    long sent) {}
