package io.conmonj.it.clients;

import io.conmonj.it.pod.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Speaks an API server's paths of a pod and passes the bytes of exec, attach and port-forward
 * through unchanged in both directions, as the kubelet's proxy does: the method and the headers go
 * on as they came, the path and the query are those of the URL that the target gave, and when one
 * direction ends, both are closed.
 */
final class ApiFront implements AutoCloseable {
  private final StreamingTarget target;
  private final LoopbackServer listener;

  private ApiFront(StreamingTarget target) throws IOException {
    this.target = target;
    this.listener = LoopbackServer.start(this::serve);
  }

  /** Listens on a loopback port and serves each connection on a virtual thread. */
  static ApiFront start(StreamingTarget target) throws IOException {
    return new ApiFront(target);
  }

  /** Where clients connect. */
  URI address() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  private void serve(Socket client) {
    try {
      RequestHead head = RequestHead.read(client.getInputStream());
      PodRequest request = PodRequest.of(head);
      if (request.subresource().isEmpty()) {
        answer(client, "200 OK", "application/json", request.podAsJson());
        return;
      }
      URI url;
      try {
        url = request.urlFrom(target);
      } catch (IOException e) {
        // Not a 5xx, upon which some clients try again for a minute.
        answer(client, "400 Bad Request", "text/plain", e.getMessage());
        return;
      }
      try (Socket server = new Socket()) {
        server.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        server.setTcpNoDelay(true);
        client.setTcpNoDelay(true);
        server.getOutputStream().write(head.withTarget(url).bytes());
        passBothWays(client, server);
      }
    } catch (IOException | RuntimeException e) {
      // The client sees its connection end; what it makes of that is what is tested.
    }
  }

  private static void answer(Socket client, String status, String type, String body)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, type, content.length);
    OutputStream out = client.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(content);
    out.flush();
  }

  private static void passBothWays(Socket client, Socket server) throws IOException {
    Thread.ofVirtual().start(() -> pass(client, server));
    pass(server, client);
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Both are closed, whichever side ended it and how.
    }
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
  }
}
