package io.conmonj.it.chaos;

import io.conmonj.client.model.ExecSyncRequest;
import io.conmonj.client.model.ExecSyncResult;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.hostile.Offenders;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What clients of the streaming server and callers of the control socket do. */
final class ClientAttacks {
  private static final int SMALL_WINDOW = 4096;
  private static final int CLOSED_PORT = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ClientAttacks() {}

  static void execThatNeverReads(ChaosPod pod, Random random) throws IOException {
    try (WebSocketPeer _ = Offenders.execThatNeverReads(pod.echo())) {
      Pause.upToMillis(random, 1000);
    }
  }

  static void spdyExecThatNeverReads(ChaosPod pod, Random random) throws IOException {
    try (SpdyPeer _ = Offenders.spdyExecThatNeverReads(pod.echo())) {
      Pause.upToMillis(random, 1000);
    }
  }

  static void viewerThatNeverReads(ChaosPod pod, Random random) throws IOException {
    URI url =
        Replies.await(pod.pod().monitor().serveAttach(ServeAttachRequest.watch(pod.flood().id())));
    try (WebSocketPeer _ =
        WebSocketPeer.open(PeerSocket.connect(url, SMALL_WINDOW), Offenders.V5)) {
      Pause.upToMillis(random, 2000);
    }
  }

  static void typistThatNeverReads(ChaosPod pod, Random random) throws IOException {
    String id = random.nextBoolean() ? pod.reader().id() : pod.terminal().id();
    URI url = Replies.await(pod.pod().monitor().serveAttach(ServeAttachRequest.interact(id)));
    try (PeerSocket socket = PeerSocket.connect(url, SMALL_WINDOW);
        WebSocketPeer link = WebSocketPeer.open(socket, Offenders.V5)) {
      socket.timeout(PATIENCE);
      link.message(0, "x".repeat(1 + random.nextInt(20_000)) + "\n");
      Pause.upToMillis(random, 500);
    }
  }

  static void halfRequests(ChaosPod pod, Random random) throws IOException {
    URI url = pod.echo().exec("true");
    List<PeerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        PeerSocket socket = PeerSocket.connect(url);
        open.add(socket);
        String request = socket.webSocketRequest(Offenders.V5);
        socket.send(request.substring(0, random.nextInt(request.length() - 1)));
      }
      Pause.upToMillis(random, 1000);
    } finally {
      for (PeerSocket each : open) {
        each.close();
      }
    }
  }

  static void nonsense(ChaosPod pod, Random random) throws IOException {
    byte[] bytes = new byte[1 + random.nextInt(70_000)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      try (WebSocketPeer link = WebSocketPeer.open(pod.echo().portForward(), "")) {
        link.socket().send(bytes);
        Pause.upToMillis(random, 100);
      }
    } else {
      try (SpdyPeer link = SpdyPeer.open(pod.echo().portForward(), Offenders.PORT_FORWARD)) {
        link.send(bytes);
        Pause.upToMillis(random, 100);
      }
    }
  }

  static void halfOpenedPairs(ChaosPod pod, Random random) throws IOException {
    try (SpdyPeer link = SpdyPeer.open(pod.echo().portForward(), Offenders.PORT_FORWARD)) {
      for (int i = 0; i < 200; i++) {
        link.synHalf(2 * i + 1, i % 2 == 0 ? "error" : "data", i, pod.echo().echoPort());
      }
      Pause.upToMillis(random, 1000);
    }
  }

  static void abortedPairs(ChaosPod pod, Random random) throws IOException {
    try (SpdyPeer link = SpdyPeer.open(pod.echo().portForward(), Offenders.PORT_FORWARD)) {
      for (int i = 0; i < 8; i++) {
        link.synPair(4 * i + 1, i, i % 4 == 3 ? CLOSED_PORT : pod.echo().echoPort());
        link.data(4 * i + 3, new byte[random.nextInt(5000)], false);
      }
      Pause.upToMillis(random, 50);
      link.socket().reset();
    }
  }

  static void abortedExec(ChaosPod pod, Random random) throws IOException {
    try (WebSocketPeer link = WebSocketPeer.open(pod.echo().exec("cat"), Offenders.V5)) {
      link.message(0, "some input".getBytes(StandardCharsets.US_ASCII));
      Pause.upToMillis(random, 200);
      if (random.nextBoolean()) {
        link.socket().reset();
      }
    }
  }

  static void execStorm(ChaosPod pod, Random random) throws IOException {
    List<CompletableFuture<ExecSyncResult>> running = new ArrayList<>();
    for (int i = 0; i < 4 + random.nextInt(8); i++) {
      running.add(
          pod.pod()
              .monitor()
              .execSync(
                  ExecSyncRequest.of(
                      pod.quiet().id(), List.of("head", "-c", "100000", "/dev/zero"), PATIENCE)));
    }
    for (CompletableFuture<ExecSyncResult> each : running) {
      ExecSyncResult _ = Replies.await(each);
    }
  }
}
