package io.conmonj.streaming;

/**
 * When a session has last carried something, as it was at one moment. Times are those of {@link
 * System#nanoTime}; before the first byte of a direction, when the session began.
 *
 * @param id its number, as in {@link SessionInfo}
 * @param connected whether its client is there
 * @param receivedNanos when bytes of its streams or connections last came from its client
 * @param sentNanos when bytes last went to its client
 */
public record SessionActivity(long id, boolean connected, long receivedNanos, long sentNanos) {}
