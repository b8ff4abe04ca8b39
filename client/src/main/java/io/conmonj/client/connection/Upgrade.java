package io.conmonj.client.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;

/**
 * One protocol's part in an upgrade, for one connection. Both methods are called on its loop.
 *
 * @param <C> an open connection of the protocol
 */
public interface Upgrade<C> {
  /**
   * Sends the request.
   *
   * @param ctx the handler that waits for the answer, behind an HTTP client codec
   * @param url what to ask for
   */
  void request(ChannelHandlerContext ctx, StreamingUrl url);

  /**
   * The server has answered with 101: puts the protocol's handlers in the place of the one that
   * waited for it, and of the HTTP codec. Nothing of the protocol has been read yet.
   *
   * @param ctx the handler that waited
   * @param answer the server's answer; released by the caller
   * @return the open connection
   * @throws IOException if the answer is not what was asked for
   */
  C accepted(ChannelHandlerContext ctx, FullHttpResponse answer) throws IOException;
}
