package io.conmonj.it.clients;

import io.conmonj.it.embedding.EmbeddedServer;
import io.conmonj.it.pod.EchoServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The clients against our own streaming server, embedded, with local processes behind it. */
class EmbeddedStreamingTest extends OurStreamingContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = new EmbeddedServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  StreamingTarget target() {
    return new EmbeddedTarget(server);
  }

  @Override
  String container() {
    return "local";
  }

  @Override
  String startAttachable() {
    String id = "attachable-" + COUNT.incrementAndGet();
    server.startContainer(id, StreamingBed.ATTACHABLE);
    return id;
  }

  @Override
  EchoServer startEcho() throws IOException {
    return EchoServer.start();
  }
}
