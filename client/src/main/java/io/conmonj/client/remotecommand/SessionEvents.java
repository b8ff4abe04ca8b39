package io.conmonj.client.remotecommand;

import io.conmonj.client.connection.SignsOfLife;
import io.conmonj.client.model.WindowSize;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
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
 * The session logic: output to the sinks, the status kept until the end, signs of life, and one
 * end.
 *
 * <p>The end has one order: the connection ends (or the time for it after the status is over) →
 * what waits for the sinks is written → the status future completes.
 */
final class SessionEvents implements TransportListener, SignsOfLife.Watched {
  /** How long the server may take to close after the status, before we do. */
  private static final long CLOSE_SECONDS = 10;

  /** The longest status kept, in bytes. */
  private static final int MAX_STATUS = 64 << 10;

  private final StreamOptions options;
  private final CompletableFuture<ContainerSession> opened = new CompletableFuture<>();
  private final CompletableFuture<ExecStatus> status = new CompletableFuture<>();
  private final AtomicReference<WindowSize> newestSize = new AtomicReference<>();
  private final WriteGate gate = new WriteGate();
  private final ByteArrayOutputStream statusBytes = new ByteArrayOutputStream();
  private volatile StreamTransport transport;
  private SinkWriter sinks;
  private SignsOfLife signsOfLife;
  private Future<?> closing;
  private boolean ended;
  private boolean paused;
  private boolean inOrder;

  SessionEvents(StreamOptions options) {
    this.options = options;
  }

  CompletableFuture<ContainerSession> opened() {
    return opened;
  }

  CompletableFuture<ExecStatus> status() {
    return status;
  }

  @Override
  public void opened(StreamTransport open) {
    transport = open;
    options.size().ifPresent(this::resize);
    sinks = new SinkWriter(options.stdout(), options.stderr(), this::onRoom, this::onSinkFailure);
    signsOfLife = new SignsOfLife(open.loop(), this);
    opened.complete(new ContainerSession(this, open, gate));
  }

  @Override
  public void data(StreamType stream, ByteBuf data) {
    switch (stream) {
      case STDOUT, STDERR -> sinks.offer(stream, data);
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
    signsOfLife.heard();
    readUnlessFull();
  }

  private void readUnlessFull() {
    paused = sinks.isFull();
    signsOfLife.setReading(!paused);
    if (!paused) {
      transport.read();
    }
  }

  /** On the thread of the sinks. */
  private void onRoom() {
    transport.loop().execute(this::resume);
  }

  private void resume() {
    if (!ended && paused) {
      readUnlessFull();
    }
  }

  /** On the thread of the sinks. */
  private void onSinkFailure(String stream, IOException cause) {
    String what = "write " + stream + ": " + cause.getMessage();
    fail(new SessionLostException(what, cause));
    transport.cut();
  }

  @Override
  public boolean isWritable() {
    return transport.isWritable();
  }

  @Override
  public void ping() {
    transport.ping();
  }

  @Override
  public void silent(String how) {
    ended(how);
    transport.cut();
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
      transport.send(StreamType.RESIZE, Unpooled.copiedBuffer(json, StandardCharsets.US_ASCII));
    }
  }

  void abandon(String why) {
    if (fail(new SessionLostException(why))) {
      sinks.discard();
      transport.close();
    }
  }

  private boolean fail(IOException why) {
    gate.end();
    return status.completeExceptionally(why);
  }

  @Override
  public void allEnded() {
    inOrder = true;
    transport.close();
    ended("all of its streams have ended");
  }

  @Override
  public void ended(String how) {
    if (ended) {
      return;
    }
    ended = true;
    gate.end();
    if (transport == null) {
      opened.completeExceptionally(new IOException("the session could not begin: " + how));
      return;
    }
    signsOfLife.stop();
    if (closing != null) {
      closing.cancel(false);
    }
    sinks.finish(() -> complete(how));
  }

  /** On the thread of the sinks, after all output. */
  private void complete(String how) {
    StatusFormat format = transport.statusFormat();
    if (statusBytes.size() == 0 && !(inOrder && format == StatusFormat.TEXT_ON_FAILURE)) {
      status.completeExceptionally(
          new SessionLostException("the session ended without a status: " + how));
      return;
    }
    try {
      status.complete(StatusReader.read(format, statusBytes.toByteArray()));
    } catch (IOException e) {
      status.completeExceptionally(new SessionLostException(e.getMessage(), e));
    }
  }
}
