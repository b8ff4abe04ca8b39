package io.conmonj.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What sessions over TLS hold. */
@Timeout(180)
class TlsMemoryTest {
  private static final int KIB = 1024;
  private static final String V5 = "v5.channel.k8s.io";

  @TempDir private Path directory;
  private TlsBed tls;

  @BeforeEach
  void prepare() throws Exception {
    tls = new TlsBed(directory);
  }

  @Test
  void whatIsEncryptedForAClientThatDoesNotReadCountsAsGoingToIt() throws Exception {
    CompletableFuture<SessionStreams> session = new CompletableFuture<>();
    TestServer.Work work =
        (streams, end) -> {
          Programs.source(64L * KIB * KIB, 32 * KIB).start(streams, end);
          session.complete(streams);
        };
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), work);
        WebSocketPeer client = open(server.exec(TestServer.OUTPUT))) {
      SessionStreams streams = session.get(60, TimeUnit.SECONDS);
      while (server.onLoop(() -> streams.stdout().orElseThrow().isWritable())) {
        Thread.onSpinWait();
      }
      assertThat(server.onLoop(() -> streams.memory().held())).isGreaterThan(128L * KIB);
      assertThat(client.socket()).isNotNull();
    }
  }

  private WebSocketPeer open(URI url) throws Exception {
    return WebSocketPeer.open(new PeerSocket(url, TlsBed.connect(tls.anonymous(), url)), V5);
  }
}
