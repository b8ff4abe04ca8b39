package io.conmonj.monitor.pod;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.LentFd;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the streaming server's listening socket outlive this worker: its port stays the same, and who
 * connects while there is no worker waits. Loop thread only.
 */
final class KeptListening {
  private static final Logger LOG = LoggerFactory.getLogger(KeptListening.class);

  /** The name under which it is kept. */
  static final String KEPT_AS = "streaming";

  private KeptListening() {}

  /**
   * Called before the server listens.
   *
   * @param listener of the worker before
   */
  static void begin(StreamingServer server, Keeping keeping, Optional<Fd> listener) {
    server.onListening(
        channel -> keep(keeping, ((EpollServerSocketChannel) channel).fd().intValue()));
    if (listener.isPresent()) {
      var _ =
          server
              .start(new EpollServerSocketChannel(listener.get().release()))
              .exceptionally(
                  failed -> {
                    LOG.error("the streaming server's socket is lost", failed);
                    return null;
                  });
    }
  }

  private static void keep(Keeping keeping, int number) {
    try (LentFd socket = LentFd.of(number)) {
      keeping.deposit(KEPT_AS, socket.fd(), WakeRule.READABLE);
    }
  }
}
