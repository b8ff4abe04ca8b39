package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.conmonj.streaming.tls.HandshakeThread;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What handshakes cost, and that only those pay who want one. */
@Timeout(180)
class TlsHandshakeTest {
  private static final String V5 = "v5.channel.k8s.io";

  /** The first task of a connection: whether a file has changed. */
  private static final int FILES = 0;

  /** The next one: what is computed for the client's first words. */
  private static final int SIGNATURE = 1;

  /** Of one thread, twice as many. */
  private static final int MORE_THAN_MAY_WAIT = 128;

  @TempDir private Path directory;
  private TlsBed tls;

  /** Does so many tasks at once, and keeps or refuses those after them, as the test says. */
  private static final class Handshakes implements Executor {
    private final BlockingQueue<Runnable> kept = new LinkedBlockingQueue<>();
    private final AtomicInteger done = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean refusing;

    @Override
    public void execute(Runnable task) {
      if (done.getAndDecrement() > 0) {
        Thread.ofPlatform().daemon().start(task);
      } else if (refusing) {
        throw new RejectedExecutionException("full");
      } else {
        kept.add(task);
      }
    }

    void keepAfter(int tasks) {
      done.set(tasks);
    }

    void refuseAfter(int tasks) {
      refusing = true;
      done.set(tasks);
    }

    void awaitKept() throws InterruptedException {
      kept.add(kept.take());
    }

    void doAll() {
      done.set(Integer.MAX_VALUE);
      for (Runnable task = kept.poll(); task != null; task = kept.poll()) {
        execute(task);
      }
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    tls = new TlsBed(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {FILES, SIGNATURE})
  void sessionsGoOnWhileTheHandshakesOfOthersWait(int task) throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes);
        WebSocketPeer before = session(server);
        ExecutorService clients = Executors.newSingleThreadExecutor()) {
      handshakes.keepAfter(task);
      Future<String> later = clients.submit(() -> TlsBed.answer(tls.anonymous(), server.exec(ALL)));
      handshakes.awaitKept();
      for (int i = 0; i < 100; i++) {
        before.message(0, "echo " + i);
        assertThat(before.readUpTo(1).text()).isEqualTo("echo " + i);
      }
      assertThat(later.isDone()).isFalse();
      handshakes.doAll();
      assertThat(later.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aClientThatSaysNothingIsClosedWhenItsTimeIsOver() throws Exception {
    StreamingLimits limits = StreamingLimits.DEFAULT.withHeaderTimeout(Duration.ofMillis(100));
    StreamingConfig config = TlsBed.config(tls.open()).withLimits(limits);
    try (TestServer server = new TestServer(config, Programs.cat());
        PeerSocket silent = PeerSocket.connect(server.exec(ALL))) {
      silent.awaitAnyEnd();
      assertThat(server.connectionsClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FILES, SIGNATURE})
  void aConnectionThatIsClosedMeanwhileIsGoneAtOnce(int task) throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server =
        new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes)) {
      URI url = server.exec(ALL);
      handshakes.keepAfter(task);
      try (PeerSocket client = PeerSocket.connect(url)) {
        client.send(hello());
        handshakes.awaitKept();
        client.reset();
      }
      assertThat(server.connectionsClosed()).isTrue();
      handshakes.doAll();
      assertThat(TlsBed.answer(tls.anonymous(), url)).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FILES, SIGNATURE})
  void whoComesWhenTooManyWaitIsClosedAndNobodyElse(int task) throws Exception {
    Handshakes handshakes = new Handshakes();
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes);
        WebSocketPeer before = session(server)) {
      handshakes.refuseAfter(task);
      assertThatIOException().isThrownBy(() -> TlsBed.answer(tls.anonymous(), server.exec(ALL)));
      while (server.connectionCount() > 1) {
        Thread.onSpinWait();
      }
      before.message(0, "still here");
      assertThat(before.readUpTo(1).text()).isEqualTo("still here");
      handshakes.doAll();
      assertThat(TlsBed.answer(tls.anonymous(), server.exec(ALL))).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FILES, SIGNATURE})
  void inAFloodOfGreetingsTheOldestThatWaitsIsClosedAndTheNewestServed(int task) throws Exception {
    HandshakeThread thread = new HandshakeThread();
    CountDownLatch go = new CountDownLatch(1);
    List<PeerSocket> flood = new ArrayList<>();
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), thread);
        WebSocketPeer before = session(server);
        ExecutorService clients = Executors.newSingleThreadExecutor()) {
      if (task == FILES) {
        thread.execute(() -> await(go));
      }
      PeerSocket oldest = PeerSocket.connect(server.exec(ALL));
      flood.add(oldest);
      if (task == SIGNATURE) {
        // By its end the thread has looked at the files for the oldest as well.
        assertThat(TlsBed.answer(tls.anonymous(), server.exec(ALL))).startsWith("HTTP/1.1 101 ");
        thread.execute(() -> await(go));
      }
      oldest.send(hello());
      for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
        flood.add(PeerSocket.connect(server.exec(ALL)));
      }
      oldest.awaitAnyEnd();
      Future<String> newest =
          clients.submit(() -> TlsBed.answer(tls.anonymous(), server.exec(ALL)));
      before.message(0, "still here");
      assertThat(before.readUpTo(1).text()).isEqualTo("still here");
      go.countDown();
      assertThat(newest.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 101 ");
    } finally {
      go.countDown();
      for (PeerSocket each : flood) {
        each.close();
      }
    }
  }

  private static void await(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void theLoopGoesOnWhileTheDiskOfTheFirstCertificateHangs() throws Exception {
    Handshakes handshakes = new Handshakes();
    handshakes.keepAfter(0);
    try (TestServer server = new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes);
        ExecutorService callers = Executors.newSingleThreadExecutor()) {
      Future<URI> url = callers.submit(() -> server.exec(ALL));
      handshakes.awaitKept();
      for (int i = 0; i < 100; i++) {
        assertThat(server.sessions()).isEmpty();
      }
      assertThat(url.isDone()).isFalse();
      handshakes.doAll();
      assertThat(TlsBed.answer(tls.anonymous(), url.get(30, TimeUnit.SECONDS)))
          .startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void aThreadThatCannotBeStartedForTheCertificateIsSaidAndTriedAgain() throws Exception {
    AtomicBoolean tight = new AtomicBoolean(true);
    Executor handshakes =
        task -> {
          if (tight.get()) {
            throw new OutOfMemoryError("this test's own: no thread");
          }
          Thread.ofPlatform().daemon().start(task);
        };
    try (TestServer server =
        new TestServer(TlsBed.config(tls.open()), Programs.cat(), handshakes)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> server.exec(ALL))
            .hasStackTraceContaining("this test's own: no thread");
      }
      tight.set(false);
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
