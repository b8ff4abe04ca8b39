package io.conmonj.it.clients;

import io.conmonj.it.clients.Expectation.Limitation;
import io.conmonj.it.clients.embedded.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The clients against our own streaming server, embedded, with local processes behind it. */
class EmbeddedStreamingTest {
  private static final Limitation NO_SPDY =
      Limitation.always("SPDY is not served yet", "unable to upgrade connection");

  @TempDir static Path scratch;

  private static EmbeddedServer server;
  private static Payload payload;

  @BeforeAll
  static void start() {
    payload = Payload.write(scratch.resolve("payload"));
    server = new EmbeddedServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> clientGoOverSpdy() throws IOException {
    StreamingClient client = StreamingClient.CLIENT_GO_SPDY;
    return client.expectation().but(NO_SPDY, Check.Names.ALL).asTests(run(client));
  }

  @TestFactory
  Stream<DynamicTest> clientGoOverWebSocket() throws IOException {
    return worksButForPortForward(StreamingClient.CLIENT_GO_WEBSOCKET);
  }

  @TestFactory
  Stream<DynamicTest> clientGoWithFallback() throws IOException {
    return worksButForPortForward(StreamingClient.CLIENT_GO_FALLBACK);
  }

  @TestFactory
  Stream<DynamicTest> fabric8() throws IOException {
    return worksButForPortForward(StreamingClient.FABRIC8);
  }

  @TestFactory
  Stream<DynamicTest> officialJava() throws IOException {
    return worksButForPortForward(StreamingClient.OFFICIAL_JAVA);
  }

  @TestFactory
  Stream<DynamicTest> javaScript() throws IOException {
    return worksButForPortForward(StreamingClient.JAVASCRIPT);
  }

  @TestFactory
  Stream<DynamicTest> python() throws IOException {
    return worksButForPortForward(StreamingClient.PYTHON);
  }

  private static Stream<DynamicTest> worksButForPortForward(StreamingClient client)
      throws IOException {
    Limitation none = Limitation.always("port-forward is not served yet", "");
    return client
        .expectation()
        .but(none, List.of("port-forward", "port-forward-refused"))
        .asTests(run(client));
  }

  private static ClientRun run(StreamingClient client) throws IOException {
    String attachable = "attach-" + client.name();
    server.startContainer(attachable, StreamingBed.ATTACHABLE);
    try (StreamingBed bed = StreamingBed.before(new EmbeddedTarget(server), attachable, payload)) {
      return client.run(bed);
    }
  }
}
