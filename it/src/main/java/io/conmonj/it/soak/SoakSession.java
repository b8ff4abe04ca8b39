package io.conmonj.it.soak;

import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.streaming.peer.PeerSocket;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;

/** Carries out one plan. */
final class SoakSession {
  private static final byte[] NONSENSE = {(byte) 0xFF, 9, 9, 9, 9, 9, 9, 9, 9, 9};

  private final SoakPod pod;
  private final Plan plan;
  private final Random random;

  SoakSession(SoakPod pod, Plan plan) {
    this.pod = pod;
    this.plan = plan;
    this.random = new Random(plan.seed());
  }

  /**
   * Goes as far as planned, and leaves.
   *
   * @throws IOException when the server did not do its part
   */
  void run() throws IOException {
    URI url = pod.url(plan);
    if (plan.stage() == Stage.URL_ONLY) {
      return;
    }
    try (PeerSocket socket = PeerSocket.connect(url)) {
      if (plan.stage() == Stage.HALF_A_REQUEST) {
        String request = request(socket);
        socket.send(request.substring(0, 1 + random.nextInt(request.length() - 1)));
      } else if (plan.stage().reaches(Stage.UPGRADE)) {
        try (SoakClient client = upgrade(socket)) {
          goOn(client);
          leave(client, socket);
          return;
        }
      }
      if (plan.leaving() == Leaving.RESET) {
        socket.reset();
      }
    }
  }

  private String request(PeerSocket socket) {
    return plan.protocol().transport() == ClientProtocol.Transport.SPDY
        ? socket.spdyRequest(plan.protocol().name())
        : socket.webSocketRequest(plan.protocol().name());
  }

  private SoakClient upgrade(PeerSocket socket) throws IOException {
    return switch (plan.protocol().transport()) {
      case WEB_SOCKET ->
          new WebSocketSoakClient(WebSocketPeer.open(socket, plan.protocol().name()), plan);
      case TUNNEL -> new SpdyForwardClient(SpdyPeer.openTunnel(socket), plan, pod.ports(plan));
      case SPDY -> {
        SpdyPeer link = SpdyPeer.open(socket, plan.protocol().name());
        yield plan.kind() == Kind.PORT_FORWARD
            ? new SpdyForwardClient(link, plan, pod.ports(plan))
            : new SpdyCommandClient(link, plan);
      }
    };
  }

  private void goOn(SoakClient client) throws IOException {
    if (plan.stage().reaches(Stage.SOME_STREAMS)) {
      client.openSome();
    }
    if (plan.stage() == Stage.INPUT) {
      client.send(bytes(random.nextInt(20_000)));
    } else if (plan.stage().reaches(Stage.OUTPUT)) {
      client.send(bytes(SoakPod.ENOUGH));
      client.readSome();
    }
    if (plan.stage().reaches(Stage.END)) {
      client.readEnd();
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void leave(SoakClient client, PeerSocket socket) throws IOException {
    if (plan.stage() == Stage.GOOD_ORDER) {
      return;
    }
    try {
      switch (plan.leaving()) {
        case CLOSE -> {
          // By whoever opened it.
        }
        case RESET -> socket.reset();
        case HALF_A_FRAME -> {
          byte[] frame = client.frame();
          socket.send(Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1)));
        }
        case NONSENSE -> {
          socket.send(NONSENSE);
          socket.endOutput();
          socket.awaitAnyEnd();
        }
      }
    } catch (IOException cut) {
      // The server had ended it first, as it may from the stage of the end on.
      if (!plan.stage().reaches(Stage.END)) {
        throw cut;
      }
    }
  }
}
