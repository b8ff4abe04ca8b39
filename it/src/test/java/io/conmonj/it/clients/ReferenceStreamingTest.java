package io.conmonj.it.clients;

import io.conmonj.it.clients.Expectation.Limitation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients against the kubelet's own streaming library. It shows that the checks are right, and
 * what that library cannot do.
 */
class ReferenceStreamingTest {
  private static final Limitation NO_V5 =
      Limitation.always("the kubelet's library has no v5 and no tunnel", "bad handshake");

  @TempDir static Path scratch;

  private static ReferenceServer reference;
  private static Payload payload;

  @BeforeAll
  static void start() throws IOException {
    payload = Payload.write(scratch.resolve("payload"));
    reference = ReferenceServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (reference != null) {
      reference.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> clientGoOverSpdy() throws IOException {
    return works(StreamingClient.CLIENT_GO_SPDY);
  }

  @TestFactory
  Stream<DynamicTest> clientGoOverWebSocket() throws IOException {
    StreamingClient client = StreamingClient.CLIENT_GO_WEBSOCKET;
    return client.expectation().but(NO_V5, Check.Names.ALL).asTests(run(client));
  }

  @TestFactory
  Stream<DynamicTest> clientGoFallingBackToSpdy() throws IOException {
    return works(StreamingClient.CLIENT_GO_FALLBACK);
  }

  @TestFactory
  Stream<DynamicTest> crictlOverSpdy() throws IOException {
    return works(StreamingClient.CRICTL_SPDY);
  }

  @TestFactory
  Stream<DynamicTest> conmonjOverSpdy() throws IOException {
    return works(StreamingClient.CONMONJ_SPDY);
  }

  @TestFactory
  Stream<DynamicTest> fabric8() throws IOException {
    // https://github.com/kubernetes/kubernetes/issues/124571
    Limitation cutOff =
        Limitation.atTimes(
            "the library closes the connection at once, whether or not the client has read all",
            "WebSocket connection closed unexpectedly");
    StreamingClient client = StreamingClient.FABRIC8;
    return client.expectation().but(cutOff, List.of(Check.Names.OUT)).asTests(run(client));
  }

  @TestFactory
  Stream<DynamicTest> officialJava() throws IOException {
    return worksButForTheEndOfStdin(StreamingClient.OFFICIAL_JAVA, "TimeoutException");
  }

  @TestFactory
  Stream<DynamicTest> javaScript() throws IOException {
    return worksButForTheEndOfStdin(StreamingClient.JAVASCRIPT, "got undefined");
  }

  @TestFactory
  Stream<DynamicTest> python() throws IOException {
    return worksButForTheEndOfStdin(StreamingClient.PYTHON, "cannot end stdin");
  }

  private static Stream<DynamicTest> works(StreamingClient client) throws IOException {
    return client.expectation().asTests(run(client));
  }

  private static Stream<DynamicTest> worksButForTheEndOfStdin(StreamingClient client, String seenAs)
      throws IOException {
    Limitation noHalfClose = Limitation.always("over WebSocket v4 stdin has no end", seenAs);
    return client
        .expectation()
        .but(noHalfClose, List.of(Check.Names.HALF_CLOSE))
        .asTests(run(client));
  }

  private static ClientRun run(StreamingClient client) throws IOException {
    String attachable = "attach-" + client.name();
    reference.startContainer(attachable, StreamingBed.ATTACHABLE);
    try (StreamingBed bed = StreamingBed.before(reference, "local", attachable, payload)) {
      return client.run(bed);
    }
  }
}
