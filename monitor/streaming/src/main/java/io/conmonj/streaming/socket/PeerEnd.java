package io.conmonj.streaming.socket;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;

/** Tells that a peer has ended its side of a connection from which nothing is being read. */
public final class PeerEnd {
  /** The peer's FIN has come and ours has not been sent: linux/tcp_states.h. */
  private static final int TCP_CLOSE_WAIT = 8;

  private PeerEnd() {}

  /**
   * Asks the kernel. While nothing is read from a channel, its own event does not come: the end
   * stands behind input that has not been read.
   *
   * @return false also where the channel is of a kind that cannot tell
   */
  public static boolean hasCome(Channel channel) {
    return channel instanceof EpollSocketChannel socket
        && socket.isOpen()
        && socket.tcpInfo().state() == TCP_CLOSE_WAIT;
  }
}
