package io.conmonj.kernel;

import java.nio.ByteBuffer;

/**
 * Sends datagrams so that it is known of each whether it was sent, also when this process is killed
 * meanwhile: the kernel itself notes it in {@linkplain SharedMemory shared memory}, within the call
 * that sends. It is sendmmsg(2) for one message, whose {@code msg_len} the kernel writes when the
 * message is sent; between the two nothing can end a process, but for a lack of memory so great
 * that the page has been taken from it in that moment.
 *
 * <p>One thread at a time, and not once the memory is closed.
 */
public final class SendReceipt {
  // struct mmsghdr (linux/socket.h), followed by the struct iovec and the struct cmsghdr that it
  // points to; one layout on all 64-bit machines
  private static final int MSG_IOV = 16;
  private static final int MSG_IOVLEN = 24;
  private static final int MSG_CONTROL = 32;
  private static final int MSG_CONTROLLEN = 40;
  private static final int MSG_LEN = 56;
  private static final int IOV_BASE = 64;
  private static final int IOV_LEN = 72;
  private static final int CMSG = 80;
  private static final int CMSG_LEN = 20;
  private static final int CMSG_SPACE = 24;
  private static final int CMSG_DATA = CMSG + 16;

  /** How many bytes it takes of a memory; a multiple of eight, as is where they begin. */
  public static final int LENGTH = CMSG + CMSG_SPACE;

  // asm-generic/socket.h, linux/socket.h
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_NOSIGNAL = 0x4000;

  private static final int ONE = 1;

  /** For the length: an empty message has 0. */
  private static final long NOT_SENT = -1;

  private static final long SENDMMSG = LibC.symbol("sendmmsg");

  private final SharedMemory memory;
  private final int offset;

  /**
   * One in a part of a memory. It says of the message last sent by way of this part what there is
   * to say, whatever process it was in; where there was none, that it is sent.
   *
   * @param offset of that part, {@link #LENGTH} bytes
   */
  public SendReceipt(SharedMemory memory, int offset) {
    this.memory = memory;
    this.offset = offset;
  }

  /** From here on it says that the message is not sent, until it is. */
  public void clear() {
    memory.put(offset + MSG_LEN, NOT_SENT);
  }

  /** Whether the message has been sent. */
  public boolean isGiven() {
    return memory.get(offset + MSG_LEN) != NOT_SENT;
  }

  /**
   * Sends what a direct buffer holds, and advances its position by that.
   *
   * @return false when there is no room now
   * @throws KernelException EMSGSIZE when it is too long for a datagram; ECONNREFUSED or ECONNRESET
   *     when the peer is gone
   */
  public boolean send(Fd socket, ByteBuffer direct) throws KernelException {
    memory.put(offset + IOV_BASE, Io.addressOf(direct));
    memory.put(offset + IOV_LEN, direct.remaining());
    boolean sent = send(socket, ONE, 0);
    if (sent) {
      direct.position(direct.limit());
    }
    return sent;
  }

  /** Sends a descriptor, as {@link FdPassing#sendAlone} does. */
  public boolean sendAlone(Fd socket, Fd descriptor) throws KernelException {
    memory.put(offset + CMSG, CMSG_LEN);
    memory.put(offset + CMSG + Long.BYTES, SOL_SOCKET | (long) SCM_RIGHTS << Integer.SIZE);
    memory.put(offset + CMSG_DATA, descriptor.number());
    return send(socket, 0, CMSG_SPACE);
  }

  private boolean send(Fd socket, int iovecs, int control) throws KernelException {
    long at = memory.address(offset, LENGTH);
    memory.put(offset + MSG_IOV, at + IOV_BASE);
    memory.put(offset + MSG_IOVLEN, iovecs);
    memory.put(offset + MSG_CONTROL, at + CMSG);
    memory.put(offset + MSG_CONTROLLEN, control);
    int sent = LibC.retry(SENDMMSG, socket.number(), at, ONE, MSG_NOSIGNAL);
    if (sent < 0 && LibC.errno() != Errno.EAGAIN) {
      throw LibC.failure("sendmmsg", socket.toString());
    }
    return sent > 0;
  }
}
