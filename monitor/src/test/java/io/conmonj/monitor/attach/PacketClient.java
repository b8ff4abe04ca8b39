package io.conmonj.monitor.attach;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.channel.unix.Socket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** For tests: a client of an attach socket, as far as the kernel takes one. */
final class PacketClient implements AutoCloseable {
  private static final int PAUSE_MILLIS = 2;

  private final Fd socket;
  private final List<byte[]> packets = new ArrayList<>();
  private boolean ended;

  private PacketClient(Fd socket) {
    this.socket = socket;
  }

  static PacketClient connect(Path path) throws Exception {
    return new PacketClient(UnixSocket.connect(SocketType.SEQPACKET, path.toString()));
  }

  /** Sends one packet, as soon as there is room for it. */
  void send(byte[] packet) throws Exception {
    await("room for a packet", () -> write(packet));
  }

  void type(String text) throws Exception {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one packet if there is room for it. */
  boolean write(byte[] packet) {
    try {
      return Io.write(socket, packet) > 0;
    } catch (KernelException failed) {
      throw new AssertionError(failed);
    }
  }

  void endInput() throws Exception {
    boolean reading = false;
    boolean writing = true;
    new Socket(socket.number()).shutdown(reading, writing);
  }

  /** Reads until there is nothing now. */
  private void read() {
    byte[] buffer = new byte[64 * 1024];
    try {
      int count;
      while (!ended && (count = Io.read(socket, buffer)) != 0) {
        if (count == Io.END) {
          ended = true;
        } else {
          packets.add(Arrays.copyOf(buffer, count));
        }
      }
    } catch (KernelException failed) {
      if (failed.errno() != Errno.ECONNRESET) {
        throw new AssertionError(failed);
      }
      // The other end had something of ours unread; what it sent before can be read.
    }
  }

  /** All packets so far. */
  List<byte[]> packets() {
    read();
    return packets;
  }

  /** What packets of that kind have carried so far. */
  String text(int kind) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] each : packets()) {
      if (each[0] == kind && each.length > 1) {
        text.write(each, 1, each.length - 1);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  String stdout() {
    return text(2);
  }

  String stderr() {
    return text(3);
  }

  void awaitStdout(String text) throws Exception {
    await(text, () -> stdout().contains(text));
  }

  /** Reads up to where the other end closes. */
  void awaitEnd() throws Exception {
    await(
        "end of connection",
        () -> {
          read();
          return ended;
        });
  }

  /** How many packets there were that say that this is all. */
  long dones() {
    return packets().stream().filter(each -> each.length == 1 && each[0] == 0).count();
  }

  /** Whether the other end has closed. */
  boolean hasEnded() {
    read();
    return ended;
  }

  static void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
