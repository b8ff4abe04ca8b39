package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.peer.CommandOutput;
import io.conmonj.streaming.peer.WebSocketFrame;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output and status of exec and attach sessions over WebSocket, at the byte level. */
@Timeout(180)
class WebSocketExecTest {
  private static final String V5 = "v5.channel.k8s.io";

  @Test
  void outputAndErrorOutputComeApartAndTheStatusAfterThem() throws Exception {
    try (TestServer server = new TestServer(Programs.print("out", "err", 0));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      CommandOutput ending = client.readAll();
      assertThat(ending.text(1)).isEqualTo("out");
      assertThat(ending.text(2)).isEqualTo("err");
      assertThat(ending.status()).isEqualTo(Programs.SUCCESS);
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void exitCode3IsToldInTheStatusAndTheCloseCodeIs1000() throws Exception {
    try (TestServer server = new TestServer(Programs.print("", "", 3));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      assertThat(client.read().text())
          .isEqualTo(
              "{\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"command terminated with non-zero exit code: exit code 3\","
                  + "\"reason\":\"NonZeroExitCode\","
                  + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}");
      WebSocketFrame close = client.read();
      assertThat(close.opcode()).isEqualTo(WebSocketFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void aCommandThatCannotBeRunEndsWithAFailure() throws Exception {
    try (TestServer server =
            new TestServer(
                (streams, end) -> {
                  throw new IllegalStateException("exec: \"nope\": not found");
                });
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      assertThat(client.readAll().status())
          .isEqualTo(
              "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Internal error occurred: "
                  + "error executing command in container: exec: \\\"nope\\\": not found\","
                  + "\"reason\":\"InternalError\",\"code\":500}");
    }
  }

  @Test
  void theReasonOfAFailureReachesTheClientWithoutNamesOfClasses() throws Exception {
    IOException reason = new IOException("runtime exec: no such file");
    try (TestServer server =
            new TestServer(
                (streams, end) -> end.completeExceptionally(new CompletionException(reason)));
        WebSocketPeer client = WebSocketPeer.command(server.exec(OUTPUT), V5)) {
      assertThat(client.readAll().status())
          .contains("executing command in container: runtime exec: no such file\"");
    }
  }

  @Test
  void anAttachmentHasTheSameSessionAndItsOwnWords() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (TestServer server = new TestServer(Programs.until(outcome))) {
      AttachRequest request = new AttachRequest("c1", OUTPUT);
      try (WebSocketPeer client = WebSocketPeer.command(server.url(request), V5)) {
        outcome.complete(new Outcome.Failed("missed 5 bytes"));
        assertThat(client.readAll().status())
            .contains("Internal error occurred: error attaching to container: missed 5 bytes");
      }
      CompletableFuture<Outcome> ended = CompletableFuture.completedFuture(new Outcome.Success());
      try (TestServer second = new TestServer(Programs.until(ended));
          WebSocketPeer client = WebSocketPeer.command(second.url(request), V5)) {
        assertThat(client.readAll().status()).isEqualTo(Programs.SUCCESS);
      }
    }
  }

  @Test
  void withATerminalThereIsNoErrorOutput() throws Exception {
    Stdio both = new Stdio(true, true, true, true);
    CompletableFuture<Boolean> present = new CompletableFuture<>();
    try (TestServer server =
            new TestServer((streams, end) -> present.complete(streams.stderr().isPresent()));
        WebSocketPeer client = WebSocketPeer.command(server.exec(both), V5)) {
      assertThat(present.get(60, TimeUnit.SECONDS)).isFalse();
      client.sendClose(1000);
    }
  }
}
