package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.peer.ScriptedServer;
import io.conmonj.streaming.peer.SpdyPeer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How a session over SPDY ends, with old servers too, or cannot begin. */
class SpdySessionEndTest extends SpdySessionFixture {

  @Test
  void tellsTheExitCodeAlsoWhenTheServerResetsItsStreamsAtTheEnd() throws Exception {
    ExecStatus status =
        run(
            "v4.channel.k8s.io",
            OUTPUT,
            side -> {
              acceptOutput(side);
              side.data(3, "out");
              side.data(
                  1,
                  "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
                      + "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
              side.reset(3, 5);
              side.reset(5, 5);
              side.reset(1, 5);
              side.goAway();
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(3));
    assertThat(stdout).hasToString("out");
  }

  @Test
  void aConnectionThatEndsBeforeTheStatusIsNeverSuccess() {
    for (String protocol : SpdyTransport.PROTOCOLS) {
      assertThatThrownBy(
              () ->
                  run(
                      protocol,
                      OUTPUT,
                      side -> {
                        acceptOutput(side);
                        side.data(3, "almost");
                      }))
          .isInstanceOf(SessionLostException.class)
          .hasMessage(
              "the session ended without a status: the connection ended without the server's"
                  + " goodbye");
    }
    assertThat(stdout).hasToString("almost".repeat(4));
  }

  @Test
  void streamsThatAllEndWithoutAStatusAreAnError() {
    assertThatThrownBy(
            () ->
                run(
                    "v4.channel.k8s.io",
                    OUTPUT,
                    side -> {
                      acceptOutput(side);
                      endOutput(side);
                    }))
        .isInstanceOf(SessionLostException.class)
        .hasMessage("the session ended without a status: all of its streams have ended");
  }

  @Test
  void anOldServerSaysNothingAfterASuccessAndItsWordsAfterAFailure() throws Exception {
    for (String protocol : new String[] {"v3.channel.k8s.io", "v2.channel.k8s.io", ""}) {
      ScriptedServer.Script<SpdyPeer> success =
          side -> {
            acceptOutput(side);
            side.data(3, "out");
            endOutput(side);
          };
      assertThat(run(protocol, OUTPUT, success)).isEqualTo(new ExecStatus.Exited(0));
      ScriptedServer.Script<SpdyPeer> failure =
          side -> {
            acceptOutput(side);
            side.data(1, "no such file");
            endOutput(side);
          };
      assertThat(run(protocol, OUTPUT, failure))
          .isEqualTo(new ExecStatus.Failed("no such file", ""));
    }
  }

  @Test
  void anOldServerHasNoStreamForSizes() throws Exception {
    ExecStatus status =
        run(
            "v2.channel.k8s.io",
            new RequestedStreams(false, true, true, true),
            side -> {
              acceptOutput(side);
              side.data(3, "out");
              side.end(3);
              side.end(5);
              side.end(1);
              assertThat(side.receive()).isEqualTo("GOAWAY 0 0");
            });
    assertThat(status).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void aStreamThatIsRefusedIsNamed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.spdy(
            "v4.channel.k8s.io",
            side -> {
              side.accept();
              side.receive();
              side.reset(3, 3);
              side.socket().awaitEnd();
            })) {
      assertThatThrownBy(
              () -> Replies.await(opening(server, PIPED, StreamOptions.of(stdout, stderr))))
          .isInstanceOf(IOException.class)
          .hasMessage("the session could not begin: the server refused the stream stdin");
      server.awaitPlayed();
    }
  }

  @Test
  void aProtocolThatWasNotOfferedIsRefused() throws Exception {
    assertThatThrownBy(() -> run("v9.channel.k8s.io", OUTPUT, side -> side.socket().awaitEnd()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("the server chose v9.channel.k8s.io, which was not offered");
  }
}
