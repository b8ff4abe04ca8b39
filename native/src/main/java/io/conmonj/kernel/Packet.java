package io.conmonj.kernel;

import java.util.List;

/**
 * Room for one packet of a SOCK_SEQPACKET socket and the descriptors that go with it (SCM_RIGHTS,
 * unix(7)). It is made once; to send from it and to receive into it takes no Java memory, so that
 * no packet is lost for want of it. Offsets are in bytes, numbers in the machine's byte order. Used
 * by one thread at a time.
 */
public final class Packet implements AutoCloseable {
  /** For {@link #receive}: there is nothing now. */
  public static final int NOTHING = -1;

  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  private static final long SENDMSG = LibC.symbol("sendmsg");
  private static final long RECVMSG = LibC.symbol("recvmsg");

  private final int capacity;
  private final MessageHeader message;

  /**
   * @param bytes the longest packet
   */
  public Packet(int bytes) {
    capacity = bytes;
    message = new MessageHeader(bytes, MessageHeader.MAX_DESCRIPTORS);
  }

  /**
   * Sends the first bytes, with copies of descriptors that stay the caller's.
   *
   * @param length 1 to the packet's room
   * @param descriptors at most {@link FdPassing#MAX_DESCRIPTORS}
   * @return false when there is no room for it now
   * @throws KernelException EPIPE when the peer is gone
   */
  public boolean send(Fd socket, int length, List<Fd> descriptors) throws KernelException {
    if (length > capacity || descriptors.size() > MessageHeader.MAX_DESCRIPTORS) {
      throw new IllegalArgumentException(
          "send packet: " + length + " bytes, " + descriptors.size() + " descriptors");
    }
    message.reset(length, descriptors.size());
    message.putDescriptors(descriptors);
    int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    if (LibC.retry(SENDMSG, socket.number(), message.address(), flags) >= 0) {
      return true;
    }
    if (LibC.errno() == Errno.EAGAIN) {
      return false;
    }
    throw LibC.failure("sendmsg", socket.toString());
  }

  /**
   * Receives the next packet. Its descriptors, which are close-on-exec, are to be {@linkplain
   * #takeDescriptors taken} or {@linkplain #dropDescriptors closed}.
   *
   * @return its length, 0 at the end, {@link #NOTHING} when there is none now
   * @throws KernelException ECONNRESET when the peer is gone with packets of ours unread
   */
  public int receive(Fd socket) throws KernelException {
    message.reset(capacity, MessageHeader.MAX_DESCRIPTORS);
    int flags = MSG_DONTWAIT | MSG_CMSG_CLOEXEC;
    int length = LibC.retry(RECVMSG, socket.number(), message.address(), flags);
    if (length >= 0) {
      return length;
    }
    message.reset(capacity, 0);
    if (LibC.errno() == Errno.EAGAIN) {
      return NOTHING;
    }
    throw LibC.failure("recvmsg", socket.toString());
  }

  /**
   * Whether the packet received was longer than the room for it, or descriptors were lost because
   * this process has too many open.
   */
  public boolean truncated() {
    return message.dataTruncated() || message.controlTruncated();
  }

  /** Owners for the descriptors received, in their order. */
  public List<Fd> takeDescriptors() {
    return message.takeDescriptors();
  }

  /** Closes the descriptors received, if any. Takes no Java memory. */
  public void dropDescriptors() {
    message.dropDescriptors();
  }

  /** Clears the first bytes, from which the next packet is sent. */
  public void clear(int length) {
    message.data().clear(length);
  }

  public void putByte(int offset, int value) {
    message.data().putByte(offset, (byte) value);
  }

  public void putShort(int offset, int value) {
    message.data().putShort(offset, (short) value);
  }

  public void putInt(int offset, int value) {
    message.data().putInt(offset, value);
  }

  public void putLong(int offset, long value) {
    message.data().putLong(offset, value);
  }

  public void putBytes(int offset, byte[] bytes) {
    message.data().putBytes(offset, bytes, 0, bytes.length);
  }

  public int getByte(int offset) {
    return message.data().getByte(offset) & 0xff;
  }

  public int getShort(int offset) {
    return message.data().getShort(offset) & 0xffff;
  }

  public int getInt(int offset) {
    return message.data().getInt(offset);
  }

  public long getLong(int offset) {
    return message.data().getLong(offset);
  }

  /** Copies bytes into a part of an array. */
  public void getBytes(int offset, byte[] to, int start, int length) {
    message.data().getBytes(offset, to, start, length);
  }

  @Override
  public void close() {
    message.close();
  }
}
