package io.conmonj.streaming;

import io.netty.channel.socket.DuplexChannel;
import java.util.Optional;
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
   * Writes down the work of an exec or attach session, for {@link #thaw} of another server's
   * backend. Changes nothing: if that does not come about, the work goes on here. Whatever has been
   * given to the streams' {@link OutboundStream#write}, and has not been delivered by their {@link
   * InboundStream}, is the server's to move; all else is the backend's, what it has not written yet
   * and open descriptors included.
   *
   * @param streams those with which the work was begun
   * @return in a form of the backend's own; empty if nobody else can go on with the work. Unless
   *     overridden, empty
   * @throws CannotMoveException the same, with a reason
   */
  default Optional<byte[]> freeze(SessionStreams streams) throws CannotMoveException {
    return Optional.empty();
  }

  /**
   * Goes on with the work of an exec or attach session that another server has had.
   *
   * @param kind what the session is for
   * @param target the backend's own name for where it goes
   * @param frozen what {@link #freeze} returned
   * @param streams the streams of this session: their callbacks and receiver have to be set again.
   *     The input goes on behind what was delivered; an end that was delivered is not told again
   * @return as that of {@link #exec}
   */
  default CompletableFuture<Outcome> thaw(
      SessionKind kind, String target, byte[] frozen, SessionStreams streams) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("a session that was moved cannot be gone on with"));
  }

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
