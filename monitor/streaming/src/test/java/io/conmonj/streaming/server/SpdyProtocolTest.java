package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.SpdyPeer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SPDY itself: the frames of a real client as recorded, and what breaks the protocol. */
@Timeout(180)
class SpdyProtocolTest {
  private static final String V4 = "v4.channel.k8s.io";

  /** Sent by the Go library spdystream v0.5.1: the streams of a terminal, in client-go's order. */
  private static final String[] SYN_STREAMS = {
    "80030001000000290000000100000000000078f9e3c6a7c2"
        + "6260606004a7b392a2d4c45c6851c29a0a0a6800000000ffff",
    "800300010000001700000003000000000000c22e555c92929907000000ffff",
    "800300010000001900000005000000000000c22ac5565c92925f5a02000000ffff",
    "800300010000001800000007000000000000c22e57945a9c59950a000000ffff",
  };

  @Test
  void theFramesOfARealClientAreUnderstood() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(TestServer.TERMINAL), V4)) {
      for (int i = 0; i < SYN_STREAMS.length; i++) {
        client.send(hex(SYN_STREAMS[i]));
        client.expect("SYN_REPLY " + (2 * i + 1));
      }
      client.send(hex("800300060000000400000001"));
      client.expect("PING 1");
      client.send(hex("000000030000000368690a"));
      client.expect("DATA 5 hi\n");
      client.send(hex("0000000301000000"));
      client.until("FIN 1");
      client.send(hex("80030007000000080000000700000000"));
      client.expect("GOAWAY 7 0");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aStreamNumberThatWasUsedOrIsLowerIsResetAndTheConnectionGoesOn() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      client.open(5, "error");
      client.syn(3, "streamtype", "stdin");
      client.expect("RST 3 1");
      client.syn(5, "streamtype", "stdin");
      client.expect("RST 5 1");
      client.syn(8, "streamtype", "stdin");
      client.expect("RST 8 1");
      client.open(9, "stdin");
    }
  }

  @Test
  void framesThatMeanNothingToTheServerAreIgnored() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      client.open(1, "error");
      client.control(4, 1, 0x04000000, 100);
      client.control(9, 1, 65536);
      client.control(77, 1, 2, 3);
      client.data(99, new byte[] {1}, true);
      client.reset(99, 5);
      client.ping(2);
      client.ping(3);
      client.expect("PING 3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The header block is not zlib.
        "800300010000001400000003000000000000ffffffffffffffffffff",
        // Version 2, and version 3 of a frame that is too short.
        "80020006000000040000000100",
        "800300060000000100",
        // A data frame of stream 0, a SYN_STREAM of stream 0.
        "000000000000000101",
        "800300010000000a00000000000000000000",
      })
  void whatBreaksTheProtocolEndsTheConnectionWithAReason(String frame) throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      client.send(hex(frame));
      client.expect("GOAWAY 0 1");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aSmallFrameThatInflatesToMuchEndsTheConnection() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      String[] headers = new String[2 * 250];
      for (int i = 0; i < headers.length; i += 2) {
        headers[i] = "name" + i;
        headers[i + 1] = "a".repeat(60_000);
      }
      client.syn(1, headers);
      client.expect("GOAWAY 0 1");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void aHeaderThatIsTooLongRefusesItsStreamOnly() throws Exception {
    try (TestServer server = new TestServer(Programs.cat());
        SpdyPeer client = SpdyPeer.open(server.exec(ALL), V4)) {
      client.syn(1, "streamtype", "error", "x", "a".repeat(3000));
      client.expect("RST 1 1");
      client.open(3, "error");
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
