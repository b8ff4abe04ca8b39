package io.conmonj.it.clients;

import io.conmonj.it.clients.Expectation.Limitation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What all clients do with our streaming server, whatever stands behind it. */
abstract class OurStreamingContract {
  private static final Limitation NO_SPDY = Limitation.always("SPDY is not served yet", "upgrade");
  private static final Limitation NOT_YET = Limitation.always("it is not served yet", "");
  private static final List<String> PORT_FORWARD = List.of("port-forward", "port-forward-refused");

  @TempDir static Path payloads;
  private static Payload payload;

  @BeforeAll
  static void writePayload() {
    payload = Payload.write(payloads.resolve("payload"));
  }

  /** The server. */
  abstract StreamingTarget target();

  /** The container that commands run in. */
  abstract String container();

  /** Starts a container to attach to and gives its name. */
  abstract String startAttachable() throws IOException;

  /** Checks that cannot succeed with this backend yet, beside port-forward. */
  abstract List<String> missing();

  @TestFactory
  Stream<DynamicTest> clientGoOverSpdy() throws IOException {
    StreamingClient client = StreamingClient.CLIENT_GO_SPDY;
    return client.expectation().but(NO_SPDY, Check.Names.ALL).asTests(run(client));
  }

  @TestFactory
  Stream<DynamicTest> clientGoOverWebSocket() throws IOException {
    return works(StreamingClient.CLIENT_GO_WEBSOCKET);
  }

  @TestFactory
  Stream<DynamicTest> clientGoWithFallback() throws IOException {
    return works(StreamingClient.CLIENT_GO_FALLBACK);
  }

  @TestFactory
  Stream<DynamicTest> fabric8() throws IOException {
    return works(StreamingClient.FABRIC8);
  }

  @TestFactory
  Stream<DynamicTest> officialJava() throws IOException {
    return works(StreamingClient.OFFICIAL_JAVA);
  }

  @TestFactory
  Stream<DynamicTest> javaScript() throws IOException {
    return works(StreamingClient.JAVASCRIPT);
  }

  @TestFactory
  Stream<DynamicTest> python() throws IOException {
    return works(StreamingClient.PYTHON);
  }

  private Stream<DynamicTest> works(StreamingClient client) throws IOException {
    List<String> notYet = new ArrayList<>(PORT_FORWARD);
    notYet.addAll(missing());
    return client.expectation().but(NOT_YET, notYet).asTests(run(client));
  }

  private ClientRun run(StreamingClient client) throws IOException {
    try (StreamingBed bed =
        StreamingBed.before(target(), container(), startAttachable(), payload)) {
      return client.run(bed);
    }
  }
}
