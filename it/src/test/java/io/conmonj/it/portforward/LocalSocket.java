package io.conmonj.it.portforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/** What a program of this machine does with a forwarded port. */
final class LocalSocket {
  private static final int LIMIT_MILLIS = 60_000;
  private static final int PIECE = 64 << 10;

  private LocalSocket() {}

  static Socket connect(InetSocketAddress local) throws IOException {
    // Without a limit it is one call of the kernel's. With one, whoever is late to look finds a
    // reset that has come meanwhile, in place of the connection.
    Socket socket = new Socket(local.getAddress(), local.getPort());
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  /** Says something to a port that echoes, ends its output, and checks the whole answer. */
  static void talk(InetSocketAddress local, String text) throws IOException {
    try (Socket socket = connect(local)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(text);
    }
  }

  /** Sends random bytes to a port that echoes, and checks that the same come back. */
  static void echo(InetSocketAddress local, long bytes) throws Exception {
    try (Socket socket = connect(local)) {
      CompletableFuture<Long> sent = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> send(socket, bytes, sent));
      CRC32 came = new CRC32();
      long count = 0;
      byte[] piece = new byte[PIECE];
      InputStream in = socket.getInputStream();
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        came.update(piece, 0, n);
        count += n;
      }
      assertThat(count).isEqualTo(bytes);
      assertThat(came.getValue()).isEqualTo(sent.get());
    }
  }

  private static void send(Socket socket, long bytes, CompletableFuture<Long> checksum) {
    try {
      Random random = new Random(bytes);
      CRC32 sent = new CRC32();
      byte[] piece = new byte[PIECE];
      for (long left = bytes; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        sent.update(piece);
        socket.getOutputStream().write(piece);
      }
      socket.shutdownOutput();
      checksum.complete(sent.getValue());
    } catch (IOException e) {
      checksum.completeExceptionally(e);
    }
  }
}
