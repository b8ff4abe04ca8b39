package io.conmonj.client;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Descriptors of this program that a monitor has got copies of, for containers that are yet to be
 * created. Each has a slot, a number by which {@link
 * io.conmonj.client.model.CreateContainerRequest#additionalFds} and {@link
 * io.conmonj.client.model.CreateContainerRequest#leakFds} name it, once. The monitor closes what no
 * container has taken when this is closed. For use by one thread.
 *
 * <p>The packets are those of conmon-rs (pkg/client/remote_fds.go): unsigned 64-bit numbers, least
 * byte first.
 */
public final class SentDescriptors implements AutoCloseable {
  /** The most that can be sent at once; more than once may be sent. */
  public static final int MAX_AT_ONCE = FdPassing.MAX_DESCRIPTORS;

  /** How long the monitor may take: as long as for the first answer of all. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Between two looks for an answer, which takes some hundred microseconds. */
  private static final long PAUSE_NANOS = 500_000;

  private static final int LOWER_HALF_BITS = 32;

  /** The lower half of an answer that is a text. */
  private static final long FAILED = 0xFFFF_FFFFL;

  /** Longer than any answer, be it slots or a text. */
  private static final int MAX_ANSWER = 4096;

  private final Path path;
  private final Fd socket;
  private long requests;

  private SentDescriptors(Path path, Fd socket) {
    this.path = path;
    this.socket = socket;
  }

  /**
   * Connects to a descriptor socket.
   *
   * @param path as {@link Monitor#startFdSocket} says it
   * @throws IOException if nobody listens there, or this user may not connect
   */
  public static SentDescriptors to(Path path) throws IOException {
    return new SentDescriptors(path, UnixSocket.connect(SocketType.SEQPACKET, path.toString()));
  }

  /**
   * Sends copies of descriptors. Blocks until the monitor has them.
   *
   * @param descriptors at most {@link #MAX_AT_ONCE}; they stay the caller's to close
   * @return their slots, in the same order
   * @throws MonitorException if the monitor refuses, and says why
   * @throws IOException if the monitor does not answer, or has gone
   */
  public List<Long> send(List<Fd> descriptors) throws IOException {
    if (descriptors.isEmpty()) {
      return List.of();
    }
    long request = ++requests << LOWER_HALF_BITS | descriptors.size();
    FdPassing.send(socket, numbers(Long.BYTES).putLong(request).array(), descriptors);
    return slots(request, descriptors.size());
  }

  private List<Long> slots(long request, int count) throws IOException {
    ByteBuffer answer = answer();
    if (answer.remaining() < Long.BYTES) {
      throw new IOException(malformed());
    }
    long head = answer.getLong();
    if (head == (request >>> LOWER_HALF_BITS << LOWER_HALF_BITS | FAILED)) {
      throw new MonitorException(
          "send " + count + " descriptors", StandardCharsets.UTF_8.decode(answer).toString());
    }
    if (head != request || answer.remaining() != count * Long.BYTES) {
      throw new IOException(malformed());
    }
    List<Long> slots = new ArrayList<>(count);
    while (answer.hasRemaining()) {
      slots.add(answer.getLong());
    }
    return List.copyOf(slots);
  }

  private String malformed() {
    return "send descriptors to " + path + ": the answer is none";
  }

  private ByteBuffer answer() throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<ReceivedMessage> received = FdPassing.receive(socket, MAX_ANSWER, 0);
      if (received.isPresent()) {
        byte[] data = received.get().data();
        if (data.length == 0) {
          throw new MonitorGoneException(
              "send descriptors to " + path, new EOFException("the monitor hung up"));
        }
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IOException("send descriptors to " + path + ": no answer within " + LIMIT);
  }

  private static ByteBuffer numbers(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Has the monitor close what no container has taken. */
  @Override
  public void close() {
    socket.close();
  }
}
