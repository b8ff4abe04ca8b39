package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TcpSocketTest {
  @Test
  void anIpv4SocketConnects() throws Exception {
    try (ServerSocketChannel server = Loopback.listen();
        Fd client = TcpSocket.openIpv4()) {
      assertThat(FileFlags.isNonBlocking(client)).isTrue();
      assertThat(Fcntl.isCloseOnExec(client)).isTrue();
      int port = Loopback.port(server);
      assertThat(Loopback.connect(client, port)).isIn(0, Loopback.EINPROGRESS);
      try (SocketChannel accepted = server.accept()) {
        assertThat(accepted.isConnected()).isTrue();
      }
    }
  }

  @Test
  void anIpv6SocketIsOne() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
    try (Fd socket = TcpSocket.openIpv6()) {
      // an IPv4 address does not fit
      assertThat(Loopback.connect(socket, 1)).isEqualTo(Errno.EINVAL);
    }
  }
}
