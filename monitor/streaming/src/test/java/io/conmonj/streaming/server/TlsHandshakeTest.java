package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What handshakes cost, and that only those pay who want one. */
@Timeout(60)
class TlsHandshakeTest {
  private static final String V5 = "v5.channel.k8s.io";

  @TempDir private Path directory;
  private TlsBed tls;

  /** Computes at once, keeps for later, or refuses, as the test says. */
  private static final class Handshakes implements Executor {
    private final BlockingQueue<Runnable> kept = new LinkedBlockingQueue<>();
    private volatile boolean keeping;
    private volatile boolean refusing;

    @Override
    public void execute(Runnable task) {
      if (refusing) {
        throw new RejectedExecutionException("full");
      } else if (keeping) {
        kept.add(task);
      } else {
        Thread.ofPlatform().daemon().start(task);
      }
    }

    void computeKept() throws InterruptedException {
      keeping = false;
      execute(kept.take());
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    tls = new TlsBed(directory);
  }

  @Test
  void sessionsGoOnWhileTheHandshakesOfOthersAreComputed() throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes);
        WebSocketPeer before = session(server);
        ExecutorService clients = Executors.newSingleThreadExecutor()) {
      handshakes.keeping = true;
      Future<String> later = clients.submit(() -> TlsBed.answer(tls.anonymous(), server.exec(ALL)));
      handshakes.kept.add(handshakes.kept.take());
      for (int i = 0; i < 100; i++) {
        before.message(0, "echo " + i);
        assertThat(before.readUpTo(1).text()).isEqualTo("echo " + i);
      }
      assertThat(later.isDone()).isFalse();
      handshakes.computeKept();
      assertThat(later.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aConnectionThatIsClosedMeanwhileCostsNothingMore() throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server =
        new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes)) {
      URI url = server.exec(ALL);
      handshakes.keeping = true;
      try (PeerSocket client = PeerSocket.connect(url)) {
        client.send(hello());
        handshakes.kept.add(handshakes.kept.take());
        client.reset();
      }
      assertThat(server.connectionsClosed()).isTrue();
      handshakes.computeKept();
      assertThat(TlsBed.answer(tls.anonymous(), url)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void whoComesWhenTooManyWaitIsClosedAndNobodyElse() throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes);
        WebSocketPeer before = session(server)) {
      handshakes.refusing = true;
      assertThatIOException().isThrownBy(() -> TlsBed.answer(tls.anonymous(), server.exec(ALL)));
      while (server.connectionCount() > 1) {
        Thread.onSpinWait();
      }
      before.message(0, "still here");
      assertThat(before.readUpTo(1).text()).isEqualTo("still here");
      handshakes.refusing = false;
      assertThat(TlsBed.answer(tls.anonymous(), server.exec(ALL))).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aClientThatWantsAnotherHandshakeIsClosed() throws Exception {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    TestServer.Work work = (streams, end) -> streams.onDisconnect(() -> gone.complete(null));
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), work)) {
      URI url = server.exec(ALL);
      try (SSLSocket socket = TlsBed.unshaken(tls.anonymous(), url)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        WebSocketPeer client = WebSocketPeer.client(new PeerSocket(url, socket));
        assertThat(client.upgrade(V5).getFirst()).startsWith("HTTP/1.1 101 ");
        client.read();
        // Says what it wants, and waits for nothing.
        socket.startHandshake();
        assertThatIOException().isThrownBy(client::read);
        gone.get(30, TimeUnit.SECONDS);
      }
      assertThat(server.connectionsClosed()).isTrue();
    }
  }

  private WebSocketPeer session(TestServer server) throws Exception {
    URI url = server.exec(ALL);
    WebSocketPeer client =
        WebSocketPeer.open(new PeerSocket(url, TlsBed.connect(tls.anonymous(), url)), V5);
    client.read();
    return client;
  }

  /** What a client says first. */
  private byte[] hello() throws Exception {
    SSLEngine engine = tls.anonymous().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    return Arrays.copyOf(hello.array(), hello.position());
  }
}
