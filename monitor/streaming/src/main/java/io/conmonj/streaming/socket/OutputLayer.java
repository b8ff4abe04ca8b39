package io.conmonj.streaming.socket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** A handler between a protocol and its socket, such as TLS, that ends output in its own way. */
public interface OutputLayer extends ChannelHandler {

  /** Says that no more comes, behind what was written; completes when that is written too. */
  ChannelFuture endOutput();
}
