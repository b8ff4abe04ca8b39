package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.PeerCredentials;
import io.conmonj.kernel.SocketPair;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;

/**
 * Who this process is, in the same terms as those in which the kernel tells who its peers are.
 *
 * @param pid its process id
 * @param uid its effective user
 */
record Identity(int pid, int uid) {
  static Identity ofThisProcess() throws KernelException {
    try (SocketPair withItself = UnixSocket.pair(SocketType.STREAM)) {
      PeerCredentials own = PeerCredentials.of(withItself.one());
      return new Identity(own.pid(), own.uid());
    }
  }
}
