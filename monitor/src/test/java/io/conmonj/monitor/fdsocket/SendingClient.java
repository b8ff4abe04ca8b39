package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * For tests: a client of the descriptor socket, which writes and reads its packets byte by byte.
 */
final class SendingClient implements AutoCloseable {
  private static final int LONGEST_REPLY = 4096;

  private final Fd socket;

  private SendingClient(Fd socket) {
    this.socket = socket;
  }

  static SendingClient connect(Path path) throws Exception {
    return new SendingClient(UnixSocket.connect(SocketType.SEQPACKET, path.toString()));
  }

  /** Sends a request and gives the slots of the reply. */
  long[] send(int id, Fd... descriptors) throws Exception {
    packet(request(id, descriptors.length), List.of(descriptors));
    ByteBuffer reply = reply();
    if (reply.getInt() != descriptors.length || reply.getInt() != id) {
      throw new AssertionError("refused: " + text(reply));
    }
    long[] slots = new long[descriptors.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = reply.getLong();
    }
    return slots;
  }

  /** The lower half comes first. */
  static byte[] request(int id, int count) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(count).putInt(id).array();
  }

  /** Sends any packet; false when there is no room for it now. */
  boolean packet(byte[] data, List<Fd> descriptors) throws Exception {
    return FdPassing.send(socket, data, descriptors) > 0;
  }

  /** The text of a reply that refuses; its number must be that of the request. */
  String refusal(int id) throws Exception {
    ByteBuffer reply = reply();
    if (reply.getInt() != -1 || reply.getInt() != id) {
      throw new AssertionError("no refusal of " + id + ": " + text(reply));
    }
    return text(reply);
  }

  private static String text(ByteBuffer rest) {
    return StandardCharsets.UTF_8.decode(rest).toString();
  }

  ByteBuffer reply() throws Exception {
    return ByteBuffer.wrap(receive().data()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether there is no reply now. */
  boolean isLeftWaiting() throws Exception {
    return FdPassing.receive(socket, LONGEST_REPLY, 0).isEmpty();
  }

  boolean hasEnded() throws Exception {
    return receive().isEnd();
  }

  private ReceivedMessage receive() throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<ReceivedMessage> received = FdPassing.receive(socket, LONGEST_REPLY, 0);
      if (received.isPresent()) {
        return received.get();
      }
      Thread.sleep(1);
    }
    throw new AssertionError("no reply");
  }

  @Override
  public void close() {
    socket.close();
  }
}
