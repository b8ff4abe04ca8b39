package io.conmonj.streaming.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A streaming server: plays one script for each connection, on a thread of its own. */
public final class ScriptedServer implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int LIMIT_SECONDS = 30;

  /**
   * What the server does with a connection, which is closed afterwards.
   *
   * @param <P> its end of the connection
   */
  @FunctionalInterface
  public interface Script<P> {
    void play(P client) throws Exception;
  }

  private final ServerSocket listener;
  private final Script<PeerSocket> script;
  private final URI url;
  private final CompletableFuture<Void> played = new CompletableFuture<>();

  /** Starts a server that plays the script from the request on. */
  public ScriptedServer(Script<PeerSocket> script) throws IOException {
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.script = script;
    this.url = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/exec/token");
    Thread.ofPlatform().daemon().name("scripted-server").start(this::accept);
  }

  /** Plays the script on WebSockets of version 5. */
  public static ScriptedServer webSocket(Script<WebSocketPeer> script) throws IOException {
    return webSocket("v5.channel.k8s.io", script);
  }

  /** The same of another subprotocol. */
  public static ScriptedServer webSocket(String subprotocol, Script<WebSocketPeer> script)
      throws IOException {
    return new ScriptedServer(
        socket -> {
          WebSocketPeer peer = WebSocketPeer.server(socket);
          peer.grantUpgrade(subprotocol);
          script.play(peer);
        });
  }

  /** Plays the script on SPDY with a protocol; an empty one is not named. */
  public static ScriptedServer spdy(String protocol, Script<SpdyPeer> script) throws IOException {
    return new ScriptedServer(
        socket -> {
          try (SpdyPeer peer = new SpdyPeer(socket)) {
            peer.grantUpgrade(protocol);
            script.play(peer);
          }
        });
  }

  /** The URL to give to the client. */
  public URI url() {
    return url;
  }

  /** Waits until the script of the first connection has ended; fails if the script did. */
  public void awaitPlayed() throws Exception {
    played.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().name("scripted-connection").start(() -> play(socket));
      }
    } catch (IOException e) {
      // It was closed: the test is over.
    }
  }

  private void play(Socket socket) {
    try (PeerSocket client = new PeerSocket(url, socket)) {
      script.play(client);
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
