package io.conmonj.monitor.streaming;

import java.util.concurrent.CompletableFuture;

/**
 * The work behind a streaming server: runs commands and attaches to running ones.
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
}
