package io.conmonj.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A struct msghdr with one data block and room for one control message of descriptors, in C memory
 * (linux/socket.h, linux/uio.h; one layout on all 64-bit machines).
 */
final class MessageHeader implements AutoCloseable {
  /** SCM_MAX_FD of net/scm.h: more descriptors than this cannot be in one message. */
  static final int MAX_DESCRIPTORS = 253;

  // struct msghdr, followed by the struct iovec it points to
  private static final int MSG_IOV = 16;
  private static final int MSG_IOVLEN = 24;
  private static final int MSG_CONTROL = 32;
  private static final int MSG_CONTROLLEN = 40;
  private static final int MSG_FLAGS = 48;
  private static final int MSGHDR_BYTES = 56;
  private static final int IOV_BASE = MSGHDR_BYTES;
  private static final int IOV_LEN = MSGHDR_BYTES + 8;
  private static final int IOVEC_BYTES = 16;

  // struct cmsghdr; each message starts at a multiple of 8
  private static final int CMSG_LEN = 0;
  private static final int CMSG_LEVEL = 8;
  private static final int CMSG_TYPE = 12;
  private static final int CMSG_DATA = 16;
  private static final int CMSG_ALIGNMENT = 8;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;

  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;

  private static final int INT_BYTES = 4;

  private final Memory header = Memory.allocate(MSGHDR_BYTES + IOVEC_BYTES);
  private final Memory control;
  private final Memory data;

  MessageHeader(int dataBytes, int descriptors) {
    int controlBytes = descriptors == 0 ? 0 : align(CMSG_DATA + descriptors * INT_BYTES);
    data = Memory.allocate(Math.max(1, dataBytes));
    control = Memory.allocate(Math.max(1, controlBytes));
    header.putLong(IOV_BASE, data.address());
    header.putLong(IOV_LEN, dataBytes);
    header.putLong(MSG_IOV, header.address() + IOV_BASE);
    header.putLong(MSG_IOVLEN, 1);
    header.putLong(MSG_CONTROL, controlBytes == 0 ? 0 : control.address());
    header.putLong(MSG_CONTROLLEN, controlBytes);
  }

  /** Makes it ready to be used again, with no more room than it was made with. */
  void reset(int dataBytes, int descriptors) {
    int controlBytes = descriptors == 0 ? 0 : align(CMSG_DATA + descriptors * INT_BYTES);
    header.putLong(IOV_LEN, dataBytes);
    header.putLong(MSG_CONTROL, controlBytes == 0 ? 0 : control.address());
    header.putLong(MSG_CONTROLLEN, controlBytes);
    header.putInt(MSG_FLAGS, 0);
  }

  long address() {
    return header.address();
  }

  Memory data() {
    return data;
  }

  /** Fills in the control message; for as many descriptors as there was room made for. */
  void putDescriptors(List<Fd> descriptors) {
    if (descriptors.isEmpty()) {
      return;
    }
    control.putLong(CMSG_LEN, CMSG_DATA + (long) descriptors.size() * INT_BYTES);
    control.putInt(CMSG_LEVEL, SOL_SOCKET);
    control.putInt(CMSG_TYPE, SCM_RIGHTS);
    for (int i = 0; i < descriptors.size(); i++) {
      control.putInt(CMSG_DATA + (long) i * INT_BYTES, descriptors.get(i).number());
    }
  }

  /** Owners for all descriptors that the kernel has put into this process with the message. */
  List<Fd> takeDescriptors() {
    List<Fd> taken = new ArrayList<>();
    long end = header.getLong(MSG_CONTROLLEN);
    long at = 0;
    while (at + CMSG_DATA <= end) {
      long length = control.getLong(at + CMSG_LEN);
      if (length < CMSG_DATA) {
        break;
      }
      if (control.getInt(at + CMSG_LEVEL) == SOL_SOCKET
          && control.getInt(at + CMSG_TYPE) == SCM_RIGHTS) {
        for (long i = at + CMSG_DATA; i + INT_BYTES <= at + length; i += INT_BYTES) {
          taken.add(Fd.adopt(control.getInt(i)));
        }
      }
      at += align(length);
    }
    return taken;
  }

  /** Closes the descriptors that came with the message. */
  void dropDescriptors() {
    long end = header.getLong(MSG_CONTROLLEN);
    long at = 0;
    while (at + CMSG_DATA <= end && control.getLong(at + CMSG_LEN) >= CMSG_DATA) {
      long length = control.getLong(at + CMSG_LEN);
      if (control.getInt(at + CMSG_LEVEL) == SOL_SOCKET
          && control.getInt(at + CMSG_TYPE) == SCM_RIGHTS) {
        for (long i = at + CMSG_DATA; i + INT_BYTES <= at + length; i += INT_BYTES) {
          Fd.close(control.getInt(i));
        }
      }
      at += align(length);
    }
    header.putLong(MSG_CONTROLLEN, 0);
  }

  /** Whether the packet was longer than the room for its data. */
  boolean dataTruncated() {
    return (header.getInt(MSG_FLAGS) & MSG_TRUNC) != 0;
  }

  /** Whether descriptors were sent that did not arrive. */
  boolean controlTruncated() {
    return (header.getInt(MSG_FLAGS) & MSG_CTRUNC) != 0;
  }

  private static int align(int bytes) {
    return (bytes + CMSG_ALIGNMENT - 1) & -CMSG_ALIGNMENT;
  }

  private static long align(long bytes) {
    return (bytes + CMSG_ALIGNMENT - 1) & -CMSG_ALIGNMENT;
  }

  @Override
  public void close() {
    header.close();
    control.close();
    data.close();
  }
}
