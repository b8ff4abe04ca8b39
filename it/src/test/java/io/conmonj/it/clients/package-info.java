/**
 * Other people's clients against a streaming server or a monitor: programs in Go, JavaScript and
 * Python, and libraries in Java, each turned into one test per check.
 *
 * <p>A client connects to {@link io.conmonj.it.clients.ApiFront}, which speaks an API server's
 * paths and asks a {@link io.conmonj.it.clients.StreamingTarget} for the URL to pass the bytes to.
 * What a client and a server are expected to do together stands in one table, {@link
 * io.conmonj.it.clients.StreamingClient}. Nothing here knows wire formats.
 */
package io.conmonj.it.clients;
