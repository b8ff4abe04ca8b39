package io.conmonj.client.spdy;

import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A SPDY server for tests: plays one script for its first connection, on a thread of its own. */
public final class ScriptedSpdyServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What the server does with the connection, from its request on. */
  public interface Script {
    void play(SpdyServerSide client) throws Exception;
  }

  private final ServerSocket listener;
  private final CompletableFuture<Void> played = new CompletableFuture<>();

  /** Starts a server that plays the script. */
  public ScriptedSpdyServer(Script script) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("scripted-spdy-server").start(() -> play(script));
  }

  /** The URL to give to the client. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/exec/token");
  }

  private void play(Script script) {
    try (Socket socket = listener.accept()) {
      script.play(new SpdyServerSide(socket));
      played.complete(null);
    } catch (Exception | AssertionError e) {
      played.completeExceptionally(e);
    }
  }

  /** Waits for the script's end; fails if it did. */
  public void awaitPlayed() throws IOException {
    Replies.await(played, LIMIT);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
