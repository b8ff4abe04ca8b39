package io.conmonj.monitor.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A port for metrics: one that cannot be had, and one that another worker has had. */
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

  @Test
  void whoConnectsWhileThereIsNoWorkerIsServedByTheNext() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Fd kept;
    int port;
    try (EventLoop loop = new EventLoop()) {
      Channel before = listen(loop, any, Map.of(), MetricsPortTest::drop).orElseThrow();
      port = ((InetSocketAddress) before.localAddress()).getPort();
      Fd socket = Fd.adopt(((EpollServerSocketChannel) before).fd().intValue());
      kept = Fcntl.duplicate(socket);
      socket.release();
    }
    try (Socket waits = new Socket(any.getAddress(), port);
        EventLoop loop = new EventLoop()) {
      waits.setSoTimeout(60_000);
      CompletableFuture<Void> served = new CompletableFuture<>();
      Map<String, Fd> left = Map.of("metrics.port", kept);
      Channel after =
          listen(
                  loop,
                  any,
                  left,
                  channel -> {
                    drop(channel);
                    served.complete(null);
                  })
              .orElseThrow();
      loop.runUntil(served);
      assertThat(waits.getInputStream().read()).as("end of its connection").isEqualTo(-1);
      drop(after);
    }
  }

  private static void drop(Channel channel) {
    var _ = channel.close();
  }

  private static Optional<Channel> listen(InetSocketAddress address) throws IOException {
    try (EventLoop loop = new EventLoop()) {
      return listen(loop, address, Map.of(), MetricsPortTest::drop);
    }
  }

  private static Optional<Channel> listen(
      EventLoop loop, InetSocketAddress address, Map<String, Fd> left, Consumer<Channel> connected)
      throws IOException {
    return new MetricsPort(loop, Keeping.NONE)
        .listen(new Inheritance(null, left), true, address, connected);
  }
}
