package io.conmonj.client.model;

import java.time.Instant;

/**
 * A streaming session that there was when the monitor was asked. No part is ever null.
 *
 * @param id its number in this monitor, unsigned; no other session has or will have it
 * @param kind {@code exec}, {@code attach} or {@code port-forward}
 * @param target the container's id, or the path of the pod's network namespace
 * @param protocol what its client speaks, such as {@code v5.channel.k8s.io} or {@code SPDY/3.1
 *     v4.channel.k8s.io}
 * @param connected whether its client was there; what a client ran may go on without it, and is
 *     listed until it ends
 * @param since when it began
 * @param receivedBytes bytes that came from its client, without framing
 * @param sentBytes bytes that went to its client, without framing
 */
public record ListedSession(
    long id,
    String kind,
    String target,
    String protocol,
    boolean connected,
    Instant since,
    long receivedBytes,
    long sentBytes) {}
