package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forwarded connections over SPDY, frame by frame, to real sockets. */
@Timeout(180)
class SpdyPortForwardTest {
  @Test
  void twoPairsInterleavedWithTheDataStreamFirstWorkByThemselves() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openHalf(1, "data", 7, echo.port());
      client.openHalf(3, "error", 8, echo.port());
      client.data(1, "early ");
      client.openHalf(5, "error", 7, echo.port());
      client.openHalf(7, "data", 8, echo.port());
      client.data(1, "one");
      client.data(7, "two");
      client.end(7);
      client.until("FIN 3");
      client.data(1, "!");
      client.end(1);
      client.until("FIN 5");
      assertThat(client.text(1)).isEqualTo("early one!");
      assertThat(client.text(7)).isEqualTo("two");
      assertThat(client.text(3) + client.text(5)).isEmpty();
    }
  }

  @Test
  void whereNothingListensOnIpv4Ipv6IsTried() throws Exception {
    Target target = null;
    try {
      target = new Target("::1", Target::copy);
    } catch (IOException noIpv6) {
      abort("this machine has no IPv6 loopback: " + noIpv6.getMessage());
    }
    try (Target echo = target;
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      client.data(3, "six");
      client.expect("DATA 3 six");
    }
  }

  @Test
  void aThousandPairsOnOneConnectionAllWork() throws Exception {
    int count = 1000;
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      for (int i = 0; i < count; i++) {
        client.openPair(4 * i + 1, i, echo.port());
      }
      for (int i = 0; i < count; i++) {
        client.data(4 * i + 3, "pair " + i);
        client.end(4 * i + 3);
      }
      for (int ended = 0; ended < count; ) {
        String words = client.next();
        if (words.startsWith("FIN ") && Integer.parseInt(words.substring(4)) % 4 == 1) {
          ended++;
        }
      }
      for (int i = 0; i < count; i++) {
        assertThat(client.text(4 * i + 3)).isEqualTo("pair " + i);
      }
    }
  }

  @Test
  void aClosedServerSaysGoodbye() throws Exception {
    try (Target echo = Target.echo();
        TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = server.forwardOverSpdy()) {
      client.openPair(1, 0, echo.port());
      var _ = server.beginClose();
      client.until("GOAWAY 3 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aProtocolOfExecIsRefused() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = new SpdyPeer(PeerSocket.connect(server.portForward()))) {
      assertThat(client.upgrade("v4.channel.k8s.io"))
          .map(String::toLowerCase)
          .contains(
              "http/1.1 403 forbidden", "x-accepted-stream-protocol-versions: portforward.k8s.io");
    }
  }
}
