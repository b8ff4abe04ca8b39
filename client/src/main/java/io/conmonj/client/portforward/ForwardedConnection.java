package io.conmonj.client.portforward;

import io.conmonj.streaming.wire.SpdyStream;
import io.conmonj.streaming.wire.SpdyStreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One forwarded connection: the local socket and the pair of streams. Each side can end its half
 * while the other goes on; a reset of one is a reset of the other; and when one does not take what
 * the other sends, that one is not read. Used on the loop only.
 */
final class ForwardedConnection {
  /** How long the server may take to take the streams, in seconds: as Kubernetes' own client. */
  private static final long ACCEPT_SECONDS = 30;

  private final ForwardedConnections connections;
  private final ForwardedPort port;
  private final DuplexChannel local;
  private final SlowReader slowReader;
  private SpdyStream data;
  private Future<?> deadline;
  private boolean accepted;
  private boolean localEnded;

  /** The local side has all that the remote one sent, and its end. */
  private boolean remoteEndTold;

  private boolean done;

  ForwardedConnection(ForwardedConnections connections, ForwardedPort port, DuplexChannel local) {
    this.connections = connections;
    this.port = port;
    this.local = local;
    this.slowReader = new SlowReader(connections, local, this::abort);
  }

  /** Opens the streams for somebody who has connected, the error stream first. */
  void open() {
    if (!connections.add(this, port)) {
      done = true;
      reset();
      return;
    }
    deadline =
        local
            .eventLoop()
            .schedule(
                () -> fail("the server has not taken it in " + ACCEPT_SECONDS + " s"),
                ACCEPT_SECONDS,
                TimeUnit.SECONDS);
    connections.openPair(port.remote(), new ErrorText(this::fail), new DataInput(), s -> data = s);
  }

  /** Reads from the local side while the connection to the server takes more, and else not. */
  void update() {
    if (accepted && !done && !localEnded) {
      local.config().setAutoRead(connections.takesMore());
    }
  }

  void localSent(ByteBuf bytes) {
    if (done) {
      bytes.release();
    } else {
      data.write(bytes);
      connections.sent();
    }
  }

  void localEnded() {
    if (!done && !localEnded) {
      localEnded = true;
      data.end();
      finishIfBothEnded();
    }
  }

  void localWritabilityChanged() {
    if (local.isWritable()) {
      slowReader.end();
    }
  }

  /** The local side broke off. */
  void localGone() {
    abort();
  }

  /** Ends both sides by a reset; does nothing when they have ended. */
  void abort() {
    if (!done) {
      finish();
      if (data != null) {
        data.cancel();
      }
      reset();
    }
  }

  private void fail(String message) {
    connections.failed(port, message);
    abort();
  }

  private void remoteSent(ByteBuf bytes) {
    if (done) {
      bytes.release();
      return;
    }
    ChannelFuture _ = local.writeAndFlush(bytes, local.voidPromise());
    // A write that fails ends all at once, and whoever is gone never catches up.
    if (!done && !local.isWritable()) {
      slowReader.begin();
    }
  }

  /** Passes the end on when all before it has been sent: a shutdown would drop the rest. */
  private void remoteEnded() {
    local
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              if (sent.isSuccess() && !done) {
                ChannelFuture _ = local.shutdownOutput();
                remoteEndTold = true;
                finishIfBothEnded();
              }
            });
  }

  private void finishIfBothEnded() {
    if (localEnded && remoteEndTold && !done) {
      finish();
      ChannelFuture _ = local.close();
    }
  }

  private void finish() {
    done = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    slowReader.end();
    connections.remove(this);
  }

  /** A socket that is closed with no time to linger sends a reset. */
  private void reset() {
    if (local.isOpen()) {
      local.config().setOption(ChannelOption.SO_LINGER, 0);
      ChannelFuture _ = local.close();
    }
  }

  private final class DataInput implements SpdyStreamListener {
    @Override
    public void accepted() {
      accepted = true;
      deadline.cancel(false);
      update();
    }

    @Override
    public void data(ByteBuf bytes) {
      remoteSent(bytes);
    }

    @Override
    public void ended() {
      if (!done) {
        remoteEnded();
      }
    }

    @Override
    public void reset() {
      abort();
    }
  }
}
