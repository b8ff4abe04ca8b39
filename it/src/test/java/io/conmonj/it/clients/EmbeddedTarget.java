package io.conmonj.it.clients;

import io.conmonj.it.embedding.EmbeddedServer;
import io.conmonj.streaming.Stdio;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Our own streaming server with local processes behind it.
 *
 * @param server that gives the URLs
 */
record EmbeddedTarget(EmbeddedServer server) implements StreamingTarget {

  @Override
  public URI exec(String container, List<String> command, Streams streams) throws IOException {
    return server.exec(container, command, stdio(streams));
  }

  @Override
  public URI attach(String container, Streams streams) throws IOException {
    return server.attach(container, stdio(streams));
  }

  @Override
  public URI portForward(String pod, List<Integer> ports) throws IOException {
    return server.portForward(pod, ports);
  }

  private static Stdio stdio(Streams streams) {
    return new Stdio(streams.stdin(), streams.stdout(), streams.stderr(), streams.tty());
  }
}
