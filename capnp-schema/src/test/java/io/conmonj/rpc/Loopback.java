package io.conmonj.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;

/** Two connections joined back to back, which move only when told to. */
final class Loopback implements AutoCloseable {

  private final RpcHandler clientHandler;
  private final EmbeddedChannel client;
  private final RpcHandler serverHandler;
  private final EmbeddedChannel server;

  Loopback(CallHandler serverObject) {
    this(serverObject, IncomingCall::unimplemented);
  }

  Loopback(CallHandler serverObject, CallHandler clientObject) {
    clientHandler = new RpcHandler(RpcLimits.CLIENT, clientObject);
    client = new EmbeddedChannel(clientHandler);
    serverHandler = new RpcHandler(RpcLimits.SERVER, serverObject);
    server = new EmbeddedChannel(serverHandler);
  }

  RpcConnection connection() {
    return clientHandler.connection();
  }

  RpcConnection serverConnection() {
    return serverHandler.connection();
  }

  EmbeddedChannel client() {
    return client;
  }

  EmbeddedChannel server() {
    return server;
  }

  /** Carries bytes both ways until neither side says more. */
  void pump() {
    while (carry(client, server) || carry(server, client)) {
      // once more
    }
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    boolean moved = false;
    for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
      if (to.isOpen()) {
        to.writeInbound(out);
      } else {
        out.release();
      }
      moved = true;
    }
    if (!from.isOpen() && to.isOpen()) {
      var _ = to.close();
      return true;
    }
    return moved;
  }

  @Override
  public void close() {
    client.finishAndReleaseAll();
    server.finishAndReleaseAll();
  }
}
