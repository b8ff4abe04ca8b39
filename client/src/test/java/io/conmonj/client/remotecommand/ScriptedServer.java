package io.conmonj.client.remotecommand;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A streaming server for tests: plays one script for each connection, on a thread of its own. */
public final class ScriptedServer implements AutoCloseable {
  /** What the server does with a connection. */
  public interface Script {
    void play(ServerSide client) throws Exception;
  }

  private final ServerSocket listener;
  private final Script script;
  private final String subprotocol;
  private final CompletableFuture<Void> played = new CompletableFuture<>();

  /** Starts a server that chooses v5 and plays the script. */
  public ScriptedServer(Script script) throws IOException {
    this("v5.channel.k8s.io", script);
  }

  /** Starts a server that chooses this subprotocol and plays the script. */
  public ScriptedServer(String subprotocol, Script script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.subprotocol = subprotocol;
    this.script = script;
    Thread.ofPlatform().daemon().name("scripted-server").start(this::accept);
  }

  /** The URL to give to the client. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/exec/token");
  }

  /** Completes when the script of the first connection has ended; fails if the script did. */
  public CompletableFuture<Void> played() {
    return played;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().name("scripted-connection").start(() -> play(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void play(Socket socket) {
    try (socket) {
      ServerSide side = new ServerSide(socket);
      side.upgrade(subprotocol);
      script.play(side);
      played.complete(null);
    } catch (Exception | AssertionError e) {
      played.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
