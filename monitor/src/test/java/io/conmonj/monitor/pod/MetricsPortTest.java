package io.conmonj.monitor.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.observe.MetricsServer;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A port for metrics that cannot be had. */
class MetricsPortTest {
  /** Of no machine (RFC 5737). */
  private static final String NOBODYS = "192.0.2.1";

  @Test
  void aPortThatAnotherPodHasDoesNotKeepThisOneFromStarting() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
      assertThat(listen(new InetSocketAddress(loopback, other.getLocalPort()))).isEmpty();
    }
  }

  @Test
  void anAddressThatCannotBeListenedOnIsAnErrorAtTheStart() {
    assertThatThrownBy(() -> listen(new InetSocketAddress(NOBODYS, 9100)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("listen on " + NOBODYS + " port 9100: ");
  }

  private static Optional<Channel> listen(InetSocketAddress address) throws IOException {
    try (EventLoop loop = new EventLoop()) {
      Inheritance nothing = new Inheritance(null, Map.of());
      return new MetricsPort(loop, Keeping.NONE)
          .listen(nothing, true, address, new MetricsServer(text -> {}));
    }
  }
}
