package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.monitor.loop.LoopThread;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** For tests: listens where journald would, and reads entries of its native protocol. */
final class DatagramJournal implements AutoCloseable {
  private static final int LARGEST = 256 * 1024;

  private final Path path;
  private final Fd socket;

  private DatagramJournal(Path path, Fd socket) {
    this.path = path;
    this.socket = socket;
  }

  static DatagramJournal listen(Path path) throws Exception {
    Epoll.ensureAvailability();
    Socket socket = Socket.newSocketDomainDgram();
    socket.bind(new DomainSocketAddress(path.toString()));
    return new DatagramJournal(path, Fd.adopt(socket.intValue()));
  }

  /** The next entry's fields, in their order; waits for it. */
  Map<String, String> next() throws Exception {
    long end = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (true) {
      Optional<ReceivedMessage> message = FdPassing.receive(socket, LARGEST, 1);
      if (message.isPresent()) {
        return fields(content(message.get()));
      }
      assertThat(System.nanoTime()).as("waits for an entry").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static byte[] content(ReceivedMessage message) throws Exception {
    if (message.descriptors().isEmpty()) {
      return message.data();
    }
    try (Fd file = message.descriptors().getFirst()) {
      assertThat(message.data()).isEmpty();
      return Files.readAllBytes(Path.of("/proc/self/fd/" + file.number()));
    }
  }

  private static Map<String, String> fields(byte[] entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      byte next = in.get();
      for (; next != '=' && next != '\n'; next = in.get()) {
        name.write(next);
      }
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      if (next == '=') {
        for (next = in.get(); next != '\n'; next = in.get()) {
          value.write(next);
        }
      } else {
        byte[] content = new byte[(int) in.getLong()];
        in.get(content);
        value.writeBytes(content);
        assertThat(in.get()).isEqualTo((byte) '\n');
      }
      fields.put(
          name.toString(StandardCharsets.US_ASCII), value.toString(StandardCharsets.ISO_8859_1));
    }
    return fields;
  }

  /** Whether nothing is there to be read now. */
  boolean isEmpty() throws Exception {
    return Io.read(socket, new byte[1]) == 0;
  }

  /** Goes away, as journald does when it is stopped. */
  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(path);
  }
}
