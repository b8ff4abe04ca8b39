package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What goes over an attach socket, as conmon-rs has it: to the client, packets whose first byte
 * says what the rest is; from the client, input as it is. One buffer serves all clients. Loop
 * thread only.
 */
final class Packets {
  /** Bytes of output in one packet: clients read 8192, with the first byte. */
  static final int MAX_OUTPUT = 8191;

  /**
   * Bytes of input in one packet: twice what the clients that there are send. The kernel cuts what
   * is longer than it is read.
   */
  static final int MAX_INPUT = 64 * 1024;

  private static final byte DONE = 0;
  private static final byte STDOUT = 2;
  private static final byte STDERR = 3;

  /** One byte more than a packet may have, so that a longer one is seen. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_INPUT + 1);

  /**
   * Sends as much as the socket takes now, and moves the reader index past it.
   *
   * @return how many bytes, all if nothing is left in {@code from}
   * @throws KernelException when the client has gone
   */
  int send(Fd socket, StdStream stream, ByteBuf from) throws KernelException {
    int before = from.readableBytes();
    boolean sent = true;
    while (sent && from.isReadable()) {
      int length = Math.min(from.readableBytes(), MAX_OUTPUT);
      buffer.clear().put(stream == StdStream.STDOUT ? STDOUT : STDERR).limit(1 + length);
      from.getBytes(from.readerIndex(), buffer);
      sent = Io.write(socket, buffer.flip()) > 0;
      if (sent) {
        from.skipBytes(length);
      }
    }
    return before - from.readableBytes();
  }

  /**
   * Says that all of the output has been sent.
   *
   * @return whether the socket took it
   * @throws KernelException when the client has gone
   */
  boolean sendDone(Fd socket) throws KernelException {
    return Io.write(socket, buffer.clear().put(DONE).flip()) > 0;
  }

  /** Tells the person at the client something, as error output, if the socket takes it now. */
  void tell(Fd socket, String text) throws KernelException {
    Io.write(
        socket,
        buffer
            .clear()
            .put(STDERR)
            .put(text.getBytes(StandardCharsets.UTF_8))
            .put((byte) '\n')
            .flip());
  }

  /**
   * Receives one packet; {@link #take} gives it.
   *
   * @return its length, more than {@link #MAX_INPUT} when its end was cut off; 0 when there is none
   *     now; {@link Io#END} when none will come
   * @throws KernelException ECONNRESET, once, when the client has gone with output unread; what it
   *     sent before can still be received
   */
  int receive(Fd socket) throws KernelException {
    return Io.read(socket, buffer.clear());
  }

  /** The packet that was received last, in memory of its own; the caller releases it. */
  ByteBuf take(ByteBufAllocator allocator) {
    buffer.flip();
    return allocator.directBuffer(buffer.remaining(), buffer.remaining()).writeBytes(buffer);
  }
}
