/**
 * The Java face of a monitor: start or join one, every request of its control socket as a typed
 * call, and sessions in containers.
 *
 * <p>Entry point is {@link io.conmonj.client.Monitor}. Calls return {@link
 * java.util.concurrent.CompletableFuture}s that complete on the thread of the {@link
 * io.conmonj.client.transport.ClientLoop}; code chained to them must not block there. {@link
 * io.conmonj.client.transport.Replies#await} waits for one from any other thread.
 *
 * <p>Owns: a monitor's process, and failures as Java types. Must not know: frames, messages on the
 * wire, terminals. In this module only the command-line tool is built on it.
 */
package io.conmonj.client;
