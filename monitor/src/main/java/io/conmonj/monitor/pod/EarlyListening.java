package io.conmonj.monitor.pod;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the streaming server listen before the monitor is ready, if anything was said about where and
 * how, so that a port in use or a key that does not fit is seen at once. By default there is
 * nothing that could be wrong, and nothing is loaded for it.
 */
final class EarlyListening {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyListening.class);

  private EarlyListening() {}

  /**
   * Called before the loop runs.
   *
   * @param first whether no worker was there before: one that goes on with containers needs no
   *     streaming server for them, and tries again with the next URL that is asked for
   * @throws IOException naming the address or the file, and the reason
   */
  static void ifConfigured(
      EventLoop loop, StreamingServer server, StreamingConfig config, boolean first)
      throws IOException {
    InetSocketAddress address = config.address();
    if (config.tls().isEmpty() && address.equals(StreamingConfig.DEFAULT.address())) {
      return;
    }
    try {
      listen(loop, server, address);
    } catch (IOException refused) {
      if (first) {
        throw refused;
      }
      LOG.error("no streaming client is served for now: {}", refused.getMessage());
    }
  }

  private static void listen(EventLoop loop, StreamingServer server, InetSocketAddress address)
      throws IOException {
    CompletableFuture<Void> started = server.start();
    loop.runUntil(started);
    if (started.isCompletedExceptionally()) {
      throw failure(address, started.exceptionNow());
    }
  }

  /** Names the address that could not be listened on, and the reason. */
  static IOException failure(InetSocketAddress address, Throwable cause) {
    if (cause instanceof Errors.NativeIoException) {
      String text = cause.getMessage();
      String reason = text.substring(text.lastIndexOf(": ") + 2);
      return new IOException(
          "listen on "
              + address.getAddress().getHostAddress()
              + " port "
              + address.getPort()
              + ": "
              + reason,
          cause);
    }
    return cause instanceof IOException named ? named : new IOException(cause.getMessage(), cause);
  }
}
