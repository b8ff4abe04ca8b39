/**
 * What a streaming server asks of the program it is embedded in, and the streams it hands over.
 *
 * <p>Owns: {@link io.conmonj.streaming.StreamingBackend}, which is all that a server asks for (exec
 * and attach, each given a request and its streams, each answering how it ended, and connections to
 * ports), the requests, the streams, and the limits. Must not know: HTTP, frames, processes,
 * containers. The packages below it depend on it, on Netty and on SLF4J only, so that any Java
 * program can serve the Kubernetes streaming protocols with them. Of those, {@code server}, {@code
 * tls} and {@code tcp} are for programs that embed it; the others are not.
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
