package io.conmonj.monitor.loop;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.PeerCredentials;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in only the monitor's own user and root: the connections of others are closed before
 * anything is read from them. Loop thread only.
 */
final class PrivateConnections implements Acceptor.Connected {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateConnections.class);

  private static final int ROOT = 0;

  private final String kind;
  private final int ownUser;
  private final Acceptor.Connected connected;

  /**
   * For an {@link Acceptor}.
   *
   * @param kind what its connections are, for the log, such as {@code control}
   * @param ownUser the user that is let in, besides root
   * @param connected is given the connections of these
   */
  PrivateConnections(String kind, int ownUser, Acceptor.Connected connected) {
    this.kind = kind;
    this.ownUser = ownUser;
    this.connected = connected;
  }

  @Override
  public void accept(Fd accepted) throws IOException {
    PeerCredentials peer = PeerCredentials.of(accepted);
    if (peer.uid() == ownUser || peer.uid() == ROOT) {
      connected.accept(accepted);
      return;
    }
    LOG.warn("refused a {} connection of user {} (pid {})", kind, peer.uid(), peer.pid());
    accepted.close();
  }
}
