package io.conmonj.it.upgrade;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client of a container's attach socket, as a container runtime has it. */
final class PacketLink implements EchoLink {
  /** As much as the clients that there are read at once. */
  private static final int PACKET = 8192;

  private static final byte DONE = 0;
  private static final byte STDOUT = 2;

  /** Against hangs only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final byte[] NOTHING = {};

  private final Fd socket;
  private final byte[] packet = new byte[PACKET];
  private boolean done;

  private PacketLink(Fd socket) {
    this.socket = socket;
  }

  static PacketLink connect(Path path) throws IOException {
    return new PacketLink(UnixSocket.connect(SocketType.SEQPACKET, path.toString()));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length; i += PACKET) {
      byte[] part = Arrays.copyOfRange(bytes, i, Math.min(i + PACKET, bytes.length));
      long start = System.nanoTime();
      while (Io.write(socket, part) == 0) {
        pause(start);
      }
    }
  }

  @Override
  public Optional<byte[]> receive() throws IOException {
    long start = System.nanoTime();
    int length = Io.read(socket, packet);
    while (length == 0) {
      pause(start);
      length = Io.read(socket, packet);
    }
    if (length == Io.END) {
      if (!done) {
        throw new IOException("it ended before it was done");
      }
      return Optional.empty();
    }
    if (done) {
      throw new IOException("it goes on behind its end");
    }
    done = length == 1 && packet[0] == DONE;
    if (done) {
      return Optional.of(NOTHING);
    }
    if (packet[0] != STDOUT) {
      throw new IOException("a packet of kind " + packet[0]);
    }
    return Optional.of(Arrays.copyOfRange(packet, 1, length));
  }

  private static void pause(long since) throws IOException {
    if (System.nanoTime() - since > PATIENCE.toNanos()) {
      throw new IOException("nothing for " + PATIENCE.toSeconds() + " s");
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  @Override
  public void leave() {
    // The container is to end.
  }

  @Override
  public void close() {
    socket.close();
  }
}
