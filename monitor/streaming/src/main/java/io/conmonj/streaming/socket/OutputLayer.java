package io.conmonj.streaming.socket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** A layer between the protocols and the socket that has an end of output of its own. */
public interface OutputLayer extends ChannelHandler {

  /** Says that no more comes, behind what was written; completes when that is written too. */
  ChannelFuture endOutput();
}
