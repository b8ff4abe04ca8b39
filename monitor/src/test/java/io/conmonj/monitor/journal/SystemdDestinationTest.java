package io.conmonj.monitor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class SystemdDestinationTest {
  private static final int LARGEST = 256 * 1024;

  @TempDir Path directory;
  private Path path;
  private Socket journald;

  @BeforeEach
  void listen() throws IOException {
    Epoll.ensureAvailability();
    path = directory.resolve("socket");
    journald = listenOn(path);
  }

  @AfterEach
  void close() throws IOException {
    journald.close();
  }

  @Test
  void aMessageIsOneDatagramOfTheNativeProtocol() throws Exception {
    destination()
        .write(Level.WARN, "a.b", "two\nlines", List.of(new KeyValuePair("container_id", "web")));
    assertThat(received())
        .isEqualTo(
            field("PRIORITY", "4")
                + field("SYSLOG_IDENTIFIER", "conmonrs")
                + field("LOGGER", "a.b")
                + field("POD_ID", "pod-1")
                + field("CONTAINER_ID", "web")
                + field("MESSAGE", "two\nlines"));
  }

  @Test
  void aContainerIsFoundByItsWholeIdAndByItsShortOne() throws Exception {
    destination()
        .write(
            Level.INFO, "a.b", "x", List.of(new KeyValuePair("container_id", "0123456789abcdef")));
    assertThat(received())
        .contains(field("CONTAINER_ID", "0123456789abcdef") + field("CONTAINER_ID", "0123456789ab"))
        .doesNotContain("CONTAINER_ID_FULL");
  }

  @Test
  void anOverlongMessageIsCutToWhatADatagramHolds() throws Exception {
    destination().write(Level.INFO, "a.b", "x".repeat(LARGEST), List.of());
    assertThat(received()).contains("PRIORITY").contains("xxxx").endsWith("x\n");
  }

  @Test
  void whatIsWrittenWhileNobodyListensIsCounted() throws Exception {
    SystemdDestination destination = destination();
    journald.close();
    Files.delete(path);
    destination.write(Level.INFO, "a.b", "lost", List.of());
    destination.write(Level.INFO, "a.b", "lost", List.of());
    journald = listenOn(path);
    destination.write(Level.INFO, "a.b", "after", List.of());
    assertThat(received())
        .contains(field("DROPPED_BEFORE", "2"))
        .endsWith(field("MESSAGE", "after"));
    destination.write(Level.INFO, "a.b", "later", List.of());
    assertThat(received()).doesNotContain("DROPPED_BEFORE");
  }

  @Test
  void aPreparedMessageIsOneOfThoseAndNeedsNothingMore() throws Exception {
    destination().prepare(Level.ERROR, "a.b", "ended " + PreparedMessage.NUMBER).write(42);
    assertThat(received())
        .startsWith(field("PRIORITY", "3"))
        .endsWith(field("MESSAGE", "ended 0000000042"));
  }

  private SystemdDestination destination() {
    return new SystemdDestination(path.toString(), "conmonrs", "pod-1");
  }

  private static Socket listenOn(Path path) throws IOException {
    Socket socket = Socket.newSocketDomainDgram();
    socket.bind(new DomainSocketAddress(path.toString()));
    return socket;
  }

  private String received() throws IOException {
    ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST);
    DomainDatagramSocketAddress from =
        journald.recvFromDomainSocket(datagram, 0, datagram.capacity());
    byte[] bytes = new byte[from.receivedAmount()];
    datagram.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  // name, newline, 64-bit little-endian length, content, newline
  private static String field(String name, String value) {
    return name + "\n" + (char) value.length() + "\0\0\0\0\0\0\0" + value + "\n";
  }
}
