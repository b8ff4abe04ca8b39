package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.peer.SpdyPeer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, output and status of exec and attach sessions over SPDY, frame by frame. */
@Timeout(180)
class SpdyExecTest {
  private static final String V4 = "v4.channel.k8s.io";
  private static final String FAILURE_3 =
      "{\"metadata\":{},\"status\":\"Failure\","
          + "\"message\":\"command terminated with non-zero exit code: exit code 3\","
          + "\"reason\":\"NonZeroExitCode\","
          + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}";

  @Test
  void eachStreamIsAnsweredBeforeTheOthersExist() throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        SpdyPeer client = SpdyPeer.open(server.exec(OUTPUT), V4)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.open(5, "stderr");
      client.until("FIN 3");
      assertThat(client.text(3)).isEqualTo("out");
    }
  }

  @ParameterizedTest
  @CsvSource({"stdout,error,stderr", "stderr,stdout,error", "error,stdout,stderr"})
  void streamsComeInAnyOrderAndOutputGoesToTheRightOnes(String first, String second, String third)
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        SpdyPeer client = SpdyPeer.open(server.exec(OUTPUT), V4)) {
      String[] types = {first, second, third};
      int[] ids = {1, 7, 9};
      for (int i = 0; i < types.length; i++) {
        client.open(ids[i], types[i]);
      }
      int error = ids[List.of(types).indexOf("error")];
      client.until("FIN " + error);
      for (int i = 0; i < types.length; i++) {
        String expected =
            switch (types[i]) {
              case "stdout" -> "out";
              case "stderr" -> "err";
              default -> Programs.SUCCESS;
            };
        assertThat(client.text(ids[i])).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "v4.channel.k8s.io;0;" + Programs.SUCCESS,
        "v4.channel.k8s.io;3;" + FAILURE_3,
        "v3.channel.k8s.io;0;''",
        "v3.channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
        "v2.channel.k8s.io;0;''",
        "v2.channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
        "channel.k8s.io;0;''",
        "channel.k8s.io;3;command terminated with non-zero exit code: exit code 3",
      })
  void theErrorStreamSaysHowItEndedInTheWayOfTheVersion(String version, int code, String status)
      throws Exception {
    try (TestServer server = new TestServer(Programs.print("x", "", code));
        SpdyPeer client = SpdyPeer.open(server.exec(OUTPUT), version)) {
      client.open(1, "error");
      client.open(3, "stdout");
      client.open(5, "stderr");
      client.until("FIN 1");
      assertThat(client.text(1)).isEqualTo(status);
      assertThat(client.text(3)).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "data", "STDOUTS", ""})
  void unknownAndDuplicateStreamsAreRefusedAndTheOthersGoOn(String type) throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "", 0));
        SpdyPeer client = SpdyPeer.open(server.exec(OUTPUT), V4)) {
      client.open(1, "error");
      client.syn(3, "streamtype", type);
      client.expect("RST 3 3");
      client.syn(5, "other", "stdout");
      client.expect("RST 5 3");
      client.open(7, "stdout");
      client.open(9, "StdErr");
      client.until("FIN 1");
      assertThat(client.text(7)).isEqualTo("out");
    }
  }
}
