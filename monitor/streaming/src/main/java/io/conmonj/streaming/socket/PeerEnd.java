package io.conmonj.streaming.socket;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;

/** Tells how far a peer is, by what the kernel knows of it. */
final class PeerEnd {
  /** The peer's FIN has come and ours has not been sent: linux/tcp_states.h. */
  private static final int TCP_CLOSE_WAIT = 8;

  /** Our FIN has been queued or sent, and not been acknowledged: likewise. */
  private static final int TCP_FIN_WAIT1 = 4;

  private PeerEnd() {}

  /**
   * Whether nothing is on its way to the peer that the kernel has sent, nor waits here to be sent.
   *
   * @return false also where the channel is of a kind that cannot tell
   */
  static boolean hasEverything(Channel channel) {
    return channel instanceof EpollSocketChannel socket
        && socket.isOpen()
        && !waitsHere(channel)
        && socket.tcpInfo().unacked() == 0;
  }

  /** Whether the peer's kernel has not yet taken all of an output that has been ended. */
  static boolean isTakingTheEnd(Channel channel) {
    return channel instanceof EpollSocketChannel socket
        && socket.isOpen()
        && (waitsHere(channel) || socket.tcpInfo().state() == TCP_FIN_WAIT1);
  }

  /** Whether output has not even been given to the kernel. */
  static boolean waitsHere(Channel channel) {
    var waiting = channel.unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() > 0;
  }

  /**
   * Asks the kernel for the end of the peer's side. While nothing is read from a channel, its own
   * event does not come: the end stands behind input that has not been read.
   *
   * @return false also where the channel is of a kind that cannot tell
   */
  static boolean hasCome(Channel channel) {
    return channel instanceof EpollSocketChannel socket
        && socket.isOpen()
        && socket.tcpInfo().state() == TCP_CLOSE_WAIT;
  }
}
