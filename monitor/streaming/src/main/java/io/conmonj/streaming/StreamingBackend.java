package io.conmonj.streaming;

import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.CompletableFuture;

/**
 * The work behind a streaming server: runs commands, attaches to running ones, and connects to
 * ports.
 *
 * <p>Each method is called on the event loop thread, once a client has redeemed its URL, and must
 * not block. It returns at once; the future it returns says how the work ended. That future may be
 * completed on any thread, and must be completed only after the last byte of output was given to
 * {@link OutboundStream#write}: the server then sends the final status and closes the session. A
 * method that throws, or a future that fails, ends the session as {@link Outcome.Failed} with the
 * exception's message.
 *
 * <p>A future must be completed even when the client has gone (see {@link
 * SessionStreams#onDisconnect}): until then the session counts as alive.
 */
public interface StreamingBackend {

  /** How many ports of one session are being connected to at a time; further ones wait. */
  int CONCURRENT_CONNECTS = 64;

  /**
   * Runs a command.
   *
   * @param request what was asked for when the URL was made
   * @param streams the streams of this session
   * @return how the command ended; never null
   */
  CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams);

  /**
   * Attaches to something that is running already.
   *
   * @param request what was asked for when the URL was made
   * @param streams the streams of this session
   * @return how the attachment ended; never null
   */
  CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams);

  /**
   * Connects to a port of a pod; once for each connection that a client forwards. The server
   * connects to no more than {@value #CONCURRENT_CONNECTS} ports of a session at a time.
   *
   * @param request what was asked for when the URL was made
   * @param port 1 to 65535, chosen by the client
   * @return the connection, registered with the server's event loop, with {@code
   *     ALLOW_HALF_CLOSURE}, without {@code AUTO_READ} and without handlers: the server owns it and
   *     closes it. Fails, within some bounded time, with an exception whose message is shown to the
   *     person at the client, or with {@link TargetResetException}. Never null. Unless overridden,
   *     fails
   */
  default CompletableFuture<DuplexChannel> portForward(PortForwardRequest request, int port) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("port forwarding is not supported"));
  }
}
