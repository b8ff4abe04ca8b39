package io.conmonj.client.model;

/**
 * Which streams a session has, as its URL was asked for. Over SPDY this side opens them.
 *
 * @param stdin whether input is sent
 * @param stdout whether output comes
 * @param stderr whether error output comes, apart from output
 * @param resize whether the sizes of a terminal are sent
 */
public record RequestedStreams(boolean stdin, boolean stdout, boolean stderr, boolean resize) {}
