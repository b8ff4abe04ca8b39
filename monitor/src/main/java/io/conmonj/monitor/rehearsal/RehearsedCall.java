package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.SocketPair;
import io.conmonj.kernel.SocketType;
import io.conmonj.rpc.CallHandler;
import io.conmonj.rpc.OutgoingCall;
import io.conmonj.rpc.PendingCall;
import io.conmonj.rpc.RpcConnection;
import io.conmonj.rpc.RpcHandler;
import io.conmonj.rpc.RpcLimits;
import io.conmonj.schema.Conmon;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;

/**
 * A client of the control interface in a rehearsal, which asks for the version. It is connected to
 * what serves it as clients of the control socket are, but by a pair of sockets, which have no
 * name. Loop thread only.
 */
final class RehearsedCall implements AutoCloseable {
  private final Channel served;
  private final Channel calling;
  private final RpcHandler caller;

  /**
   * Connects it.
   *
   * @param control what is called
   * @throws IOException when the kernel has no sockets for it
   */
  RehearsedCall(EventLoop loop, CallHandler control) throws IOException {
    try (SocketPair ends = SocketPair.open(SocketType.STREAM)) {
      served = new EpollDomainSocketChannel(ends.one().release());
      calling = new EpollDomainSocketChannel(ends.other().release());
    }
    // It has an object of its own, too, which nobody calls.
    caller = new RpcHandler(RpcLimits.SERVER, control);
    served.pipeline().addLast(new RpcHandler(RpcLimits.SERVER, control));
    calling.pipeline().addLast(caller);
    register(loop, served);
    register(loop, calling);
  }

  /** Done when it returns, for this is the loop's thread. */
  private void register(EventLoop loop, Channel channel) throws IOException {
    ChannelFuture registered = loop.register(channel);
    if (!registered.isSuccess()) {
      close();
      throw new IOException("register a socket", registered.cause());
    }
  }

  /** Calls. */
  PendingCall<Conmon.VersionResponse.Reader> make() {
    RpcConnection connection = caller.connection();
    OutgoingCall call =
        connection.newCall(connection.bootstrap(), Conmon.INTERFACE_ID, Conmon.VERSION);
    call.request(Conmon.VersionRequest.factory);
    return call.send(Conmon.VersionResponse.factory);
  }

  @Override
  public void close() {
    var _ = calling.close();
    var _ = served.close();
  }
}
