package io.conmonj.client.remotecommand;

import io.conmonj.client.WindowSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The session logic: output to the pump, the status kept until the end, signs of life, and one end.
 *
 * <p>The end has one order: the connection ends (or the time for it after the status is over) →
 * what waits in the pump is written → the status future completes.
 */
final class SessionEvents implements TransportListener {
  /** How often a sign of life is sent: as Kubernetes' own client does. */
  private static final long PING_SECONDS = 5;

  /** How long nothing may come back although we read, before the peer counts as gone. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** How long the server may take to close after the status, before we do. */
  private static final long CLOSE_SECONDS = 10;

  /** The longest status kept, in bytes. */
  private static final int MAX_STATUS = 64 << 10;

  private final ExecOptions options;
  private final CompletableFuture<ExecSession> opened = new CompletableFuture<>();
  private final CompletableFuture<ExecStatus> status = new CompletableFuture<>();
  private final AtomicReference<WindowSize> newestSize = new AtomicReference<>();
  private final WriteGate gate = new WriteGate();
  private final ByteArrayOutputStream statusBytes = new ByteArrayOutputStream();
  private volatile StreamTransport transport;
  private OutputPump pump;
  private Future<?> pings;
  private Future<?> closing;
  private boolean ended;
  private boolean paused;
  private long lastHeard;

  SessionEvents(ExecOptions options) {
    this.options = options;
  }

  CompletableFuture<ExecSession> opened() {
    return opened;
  }

  CompletableFuture<ExecStatus> status() {
    return status;
  }

  @Override
  public void opened(StreamTransport open) {
    transport = open;
    options.size().ifPresent(this::resize);
    pump = new OutputPump(options.stdout(), options.stderr(), this::onRoom, this::onSinkFailure);
    lastHeard = now();
    pings =
        open.loop().scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    opened.complete(new ExecSession(this, open, gate));
  }

  @Override
  public void data(RemoteStream stream, ByteBuf data) {
    switch (stream) {
      case STDOUT, STDERR -> pump.offer(stream, data);
      case ERROR -> statusArrived(data);
      case STDIN, RESIZE -> data.release();
    }
  }

  private void statusArrived(ByteBuf data) {
    if (statusBytes.size() == 0) {
      closing = transport.loop().schedule(transport::close, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    if (statusBytes.size() + data.readableBytes() <= MAX_STATUS) {
      statusBytes.writeBytes(ByteBufUtil.getBytes(data));
    }
    data.release();
  }

  @Override
  public void readComplete() {
    lastHeard = now();
    readUnlessFull();
  }

  private void readUnlessFull() {
    paused = pump.isFull();
    if (!paused) {
      transport.read();
    }
  }

  /** On the pump's thread. */
  private void onRoom() {
    transport.loop().execute(this::resume);
  }

  private void resume() {
    if (!ended && paused) {
      lastHeard = now();
      readUnlessFull();
    }
  }

  /** On the pump's thread. */
  private void onSinkFailure(String stream, IOException cause) {
    String what = "write " + stream + ": " + cause.getMessage();
    fail(new SessionLostException(what, cause));
    transport.cut();
  }

  private long now() {
    return transport.loop().ticker().nanoTime();
  }

  private void ping() {
    if (!paused && now() - lastHeard > SILENCE_NANOS) {
      ended(
          "the server has not answered for "
              + TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS)
              + " s");
      transport.cut();
    } else if (transport.isWritable()) {
      transport.ping();
    }
  }

  @Override
  public void writable() {
    gate.wake();
    sendNewestSize();
  }

  void resize(WindowSize size) {
    newestSize.set(size);
    StreamTransport open = transport;
    if (open != null && open.isWritable()) {
      sendNewestSize();
    }
  }

  private void sendNewestSize() {
    WindowSize size = newestSize.getAndSet(null);
    if (size != null) {
      String json = "{\"Width\":" + size.columns() + ",\"Height\":" + size.rows() + "}";
      transport.send(RemoteStream.RESIZE, Unpooled.copiedBuffer(json, StandardCharsets.US_ASCII));
    }
  }

  void abandon(String why) {
    if (fail(new SessionLostException(why))) {
      pump.discard();
      transport.close();
    }
  }

  private boolean fail(IOException why) {
    gate.end();
    return status.completeExceptionally(why);
  }

  @Override
  public void ended(String how) {
    if (ended) {
      return;
    }
    ended = true;
    gate.end();
    pings.cancel(false);
    if (closing != null) {
      closing.cancel(false);
    }
    pump.finish(() -> complete(how));
  }

  /** On the pump's thread, after all output. */
  private void complete(String how) {
    if (statusBytes.size() == 0) {
      status.completeExceptionally(
          new SessionLostException("the session ended without a status: " + how));
      return;
    }
    try {
      status.complete(StatusJson.read(statusBytes.toByteArray()));
    } catch (IOException e) {
      status.completeExceptionally(new SessionLostException(e.getMessage(), e));
    }
  }
}
