/**
 * What a streaming server asks of the program it is embedded in, and the streams it hands over.
 *
 * <p>{@link io.conmonj.streaming.StreamingBackend} is the whole of it: exec and attach, each given
 * a request and its streams, each answering how it ended, and connections to ports. This package
 * knows no HTTP, no frames, no processes and no containers, and nothing below it knows them either:
 * the sub-packages {@code server}, {@code live}, {@code websocket}, {@code spdy}, {@code
 * remotecommand} and {@code portforward} depend on this package and on Netty only, so that any Java
 * program can serve the Kubernetes streaming protocols with them.
 *
 * <p>To embed it: give {@link io.conmonj.streaming.server.StreamingServer} an event loop, the class
 * of its listening channels, a {@link io.conmonj.streaming.server.StreamingConfig} and a backend,
 * and ask it for a URL for each request, on the loop's thread. README.md shows the least of such a
 * program. A loop that uses epoll needs {@code io.conmonj.epoll.LastingEpoll}, or half-closed
 * connections may lose data; one that uses NIO does not.
 *
 * <p>Everything here runs on the one event loop thread the server was given.
 */
package io.conmonj.streaming;
