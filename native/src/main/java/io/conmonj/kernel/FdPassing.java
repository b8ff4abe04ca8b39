package io.conmonj.kernel;

import java.util.List;
import java.util.Optional;

/** Sending and receiving open descriptors beside data over a unix socket (SCM_RIGHTS, unix(7)). */
public final class FdPassing {
  /** The most descriptors that one message can carry, a limit of the kernel's. */
  public static final int MAX_DESCRIPTORS = MessageHeader.MAX_DESCRIPTORS;

  private static final int NO_ROOM = -1;
  private static final int MSG_PEEK = 0x2;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  private static final long SENDMSG = LibC.symbol("sendmsg");
  private static final long RECVMSG = LibC.symbol("recvmsg");

  private FdPassing() {}

  /**
   * Sends data and descriptors in one message. The receiver gets copies; ours stay ours to close.
   *
   * @param data at least one byte when the socket is a stream, since an empty message carries
   *     nothing there
   * @return bytes sent (the descriptors go with the first), or 0 when there is no room now
   * @throws KernelException EPIPE or ECONNRESET when the peer is gone
   * @throws IllegalArgumentException when there are more than {@link #MAX_DESCRIPTORS}
   */
  public static int send(Fd socket, byte[] data, List<Fd> descriptors) throws KernelException {
    if (descriptors.size() > MAX_DESCRIPTORS) {
      throw new IllegalArgumentException(
          "send " + descriptors.size() + " descriptors at once: at most " + MAX_DESCRIPTORS);
    }
    int sent = sendMessage(socket, data, descriptors);
    return sent == NO_ROOM ? 0 : sent;
  }

  /**
   * Sends a descriptor in a packet that has no data. The receiver gets a copy; ours stays ours to
   * close.
   *
   * @param socket one of packets
   * @return false when there is no room now
   * @throws KernelException ECONNREFUSED or ECONNRESET when the peer is gone
   */
  public static boolean sendAlone(Fd socket, Fd descriptor) throws KernelException {
    return sendMessage(socket, new byte[0], List.of(descriptor)) != NO_ROOM;
  }

  private static int sendMessage(Fd socket, byte[] data, List<Fd> descriptors)
      throws KernelException {
    try (MessageHeader message = new MessageHeader(data.length, descriptors.size())) {
      message.data().putBytes(0, data, 0, data.length);
      message.putDescriptors(descriptors);
      int sent = LibC.retry(SENDMSG, socket.number(), message.address(), MSG_NOSIGNAL);
      if (sent < 0 && LibC.errno() != Errno.EAGAIN) {
        throw LibC.failure("sendmsg", socket.toString());
      }
      return sent < 0 ? NO_ROOM : sent;
    }
  }

  /**
   * Receives one packet, or what a stream has, with the descriptors that came along. Descriptors
   * beyond {@code maxDescriptors} are closed and reported as lost, however many a peer sends.
   *
   * @return empty when there is nothing now
   * @throws KernelException ECONNRESET when the peer is gone with data of ours unread
   */
  public static Optional<ReceivedMessage> receive(Fd socket, int maxBytes, int maxDescriptors)
      throws KernelException {
    return receiveMessage(socket, maxBytes, maxDescriptors, 0);
  }

  /**
   * As {@link #receive}, but what is given stays in the socket as well: whoever reads next gets the
   * same data, and copies of the descriptors.
   *
   * @return empty when there is nothing now
   * @throws KernelException ECONNRESET when the peer is gone with data of ours unread
   */
  public static Optional<ReceivedMessage> peek(Fd socket, int maxBytes, int maxDescriptors)
      throws KernelException {
    return receiveMessage(socket, maxBytes, maxDescriptors, MSG_PEEK);
  }

  private static Optional<ReceivedMessage> receiveMessage(
      Fd socket, int maxBytes, int maxDescriptors, int flags) throws KernelException {
    try (MessageHeader message = new MessageHeader(maxBytes, MAX_DESCRIPTORS)) {
      int received =
          LibC.retry(RECVMSG, socket.number(), message.address(), MSG_CMSG_CLOEXEC | flags);
      if (received < 0) {
        if (LibC.errno() == Errno.EAGAIN) {
          return Optional.empty();
        }
        throw LibC.failure("recvmsg", socket.toString());
      }
      byte[] data = new byte[received];
      message.data().getBytes(0, data, 0, data.length);
      List<Fd> descriptors = message.takeDescriptors();
      int kept = Math.min(descriptors.size(), maxDescriptors);
      List<Fd> surplus = descriptors.subList(kept, descriptors.size());
      surplus.forEach(Fd::close);
      return Optional.of(
          new ReceivedMessage(
              data,
              descriptors.subList(0, kept),
              message.dataTruncated(),
              message.controlTruncated() || !surplus.isEmpty()));
    }
  }
}
