package io.conmonj.it.clients;

import io.conmonj.it.pod.EchoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What all clients do with our streaming server, whatever stands behind it. */
abstract class OurStreamingContract {
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

  /** Starts a server that echoes, in the network of the pod. */
  abstract EchoServer startEcho() throws IOException;

  @TestFactory
  Stream<DynamicTest> clientGoOverSpdy() throws IOException {
    return works(StreamingClient.CLIENT_GO_SPDY);
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
  Stream<DynamicTest> crictlOverSpdy() throws IOException {
    return works(StreamingClient.CRICTL_SPDY);
  }

  @TestFactory
  Stream<DynamicTest> crictlOverWebSocket() throws IOException {
    return works(StreamingClient.CRICTL_WEBSOCKET);
  }

  @TestFactory
  Stream<DynamicTest> conmonjOverSpdy() throws IOException {
    return works(StreamingClient.CONMONJ_SPDY);
  }

  @TestFactory
  Stream<DynamicTest> conmonjOverWebSocket() throws IOException {
    return works(StreamingClient.CONMONJ_WEBSOCKET);
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
  Stream<DynamicTest> pageInBrowser() throws IOException {
    return works(StreamingClient.BROWSER);
  }

  @TestFactory
  Stream<DynamicTest> pageInBrowserInBase64() throws IOException {
    return works(StreamingClient.BROWSER_BASE64);
  }

  @TestFactory
  Stream<DynamicTest> python() throws IOException {
    return works(StreamingClient.PYTHON);
  }

  private Stream<DynamicTest> works(StreamingClient client) throws IOException {
    return client.expectation().asTests(run(client));
  }

  private ClientRun run(StreamingClient client) throws IOException {
    try (StreamingBed bed =
        StreamingBed.before(target(), container(), startAttachable(), payload, startEcho())) {
      return client.run(bed);
    }
  }
}
