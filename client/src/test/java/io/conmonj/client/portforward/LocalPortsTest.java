package io.conmonj.client.portforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.streaming.peer.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where forwarded ports listen. */
class LocalPortsTest extends PortForwardFixture {
  @Test
  void aPortThatIsTakenIsNamedAndNothingIsListenedOn() throws Exception {
    int port = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      ScriptedServer server = server(side -> side.socket().awaitEnd());
      assertThatThrownBy(() -> forward(server, port + ":80", taken.getLocalPort() + ":80"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .hasMessageEndingWith("Address already in use");
    }
    Eventually.await("the first is closed again", () -> isFree(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsNoAddressIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocalAddresses.parse(List.of("127.0.0.1", "example.org")))
        .withMessage("address 'example.org': must be an IP address or localhost");
  }

  @Test
  void localhostIsBothLoopbackAddressesWhereThereAreBoth() throws Exception {
    List<InetAddress> addresses = LocalAddresses.parse(List.of("localhost"));
    assertThat(addresses.getFirst()).isEqualTo(LOOPBACK);
    assertThat(addresses.subList(1, addresses.size()))
        .allMatch(address -> address.getHostAddress().equals("0:0:0:0:0:0:0:1"));
  }
}
