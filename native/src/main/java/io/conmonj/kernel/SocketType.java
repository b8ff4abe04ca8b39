package io.conmonj.kernel;

/** How a unix socket carries what is sent over it (asm-generic; x86_64 and aarch64 agree). */
public enum SocketType {
  /** A stream of bytes without boundaries. */
  STREAM(1),
  /** Packets, each received whole, to whoever has a name; connected, to one and no other. */
  DATAGRAM(2),
  /** Packets, each received whole and in order, on a connection. */
  SEQPACKET(5);

  private final int number;

  SocketType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
