package io.conmonj.client.remotecommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.client.Eventually;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.Replies;
import io.conmonj.streaming.wire.StatusFormat;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SessionEventsTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeTransport transport = new FakeTransport();
  private final List<SessionEvents> opened = new ArrayList<>();

  /** The threads of those that have no end of their own would be left behind. */
  @AfterEach
  void end() {
    opened.forEach(session -> session.ended("the test is over"));
  }

  /** Counts what the session does; its clock stands still until it is moved. */
  private final class FakeTransport implements StreamTransport {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean writable = true;
    private int reads;
    private int pings;
    private boolean cut;
    private boolean closed;

    @Override
    public StatusFormat statusFormat() {
      return StatusFormat.JSON;
    }

    @Override
    public EventLoop loop() {
      return channel.eventLoop();
    }

    @Override
    public boolean onLoop() {
      return false;
    }

    @Override
    public boolean canHalfClose() {
      return true;
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void send(StreamType stream, ByteBuf data) {
      sent.add(stream + " " + data.toString(StandardCharsets.UTF_8));
      data.release();
    }

    @Override
    public void halfClose(StreamType stream) {
      sent.add(stream + " end");
    }

    @Override
    public void read() {
      reads++;
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void cut() {
      cut = true;
    }
  }

  private SessionEvents open(OutputStream stdout) {
    channel.freezeTime();
    SessionEvents session =
        new SessionEvents(StreamOptions.of(stdout, OutputStream.nullOutputStream()));
    session.opened(transport);
    opened.add(session);
    return session;
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  /** Holds the pump until it is let go. */
  private static final class HeldSink extends OutputStream {
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void stopsReadingWhileTheSinkIsBehindAndThenReadsOn() throws Exception {
    HeldSink sink = new HeldSink();
    SessionEvents session = open(sink);
    byte[] half = new byte[SinkWriter.FULL / 2];
    session.data(StreamType.STDOUT, Unpooled.wrappedBuffer(half));
    session.readComplete();
    assertThat(transport.reads).isEqualTo(1);
    session.data(StreamType.STDOUT, Unpooled.wrappedBuffer(half));
    session.readComplete();
    assertThat(transport.reads).isEqualTo(1);

    sink.released.countDown();
    Eventually.await(
        "the session reads on",
        () -> {
          channel.runPendingTasks();
          return transport.reads > 1;
        });
    assertThat(transport.reads).isEqualTo(2);
  }

  @Test
  void aPeerThatSaysNothingForAMinuteIsGone() {
    SessionEvents session = open(OutputStream.nullOutputStream());
    pass(60);
    assertThat(transport.pings).isPositive();
    assertThat(transport.cut).isFalse();
    pass(5);
    assertThat(transport.cut).isTrue();
    assertThatThrownBy(() -> Replies.await(session.status()))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("has not answered for 60 s");
  }

  @Test
  void aPeerThatAnswersPingsStays() {
    SessionEvents session = open(OutputStream.nullOutputStream());
    for (int i = 0; i < 20; i++) {
      pass(50);
      session.readComplete();
    }
    assertThat(transport.cut).isFalse();
    assertThat(session.status()).isNotDone();
  }

  @Test
  void aPeerThatWeDoNotReadFromIsNotGone() throws Exception {
    HeldSink sink = new HeldSink();
    SessionEvents session = open(sink);
    session.data(StreamType.STDOUT, Unpooled.wrappedBuffer(new byte[SinkWriter.FULL]));
    session.readComplete();
    pass(300);
    assertThat(transport.cut).isFalse();
    sink.released.countDown();
  }

  @Test
  void doesNotPingIntoAConnectionThatIsFull() {
    open(OutputStream.nullOutputStream());
    transport.writable = false;
    pass(30);
    assertThat(transport.pings).isZero();
  }

  @Test
  void keepsOnlyTheNewestSizeWhileTheConnectionIsFull() {
    SessionEvents session = open(OutputStream.nullOutputStream());
    transport.writable = false;
    session.resize(new WindowSize(10, 10));
    session.resize(new WindowSize(20, 20));
    assertThat(transport.sent).isEmpty();
    transport.writable = true;
    session.writable();
    assertThat(transport.sent).containsExactly("RESIZE {\"Width\":20,\"Height\":20}");
  }

  @Test
  void closesTheConnectionItselfWhenTheServerDoesNotAfterItsStatus() throws Exception {
    SessionEvents session = open(OutputStream.nullOutputStream());
    session.data(
        StreamType.ERROR,
        Unpooled.copiedBuffer("{\"status\":\"Success\"}", StandardCharsets.UTF_8));
    assertThat(session.status()).isNotDone();
    pass(10);
    assertThat(transport.closed).isTrue();
    session.ended("closed");
    assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void theStatusCompletesOnlyAfterTheLastByteHasBeenWritten() throws Exception {
    HeldSink sink = new HeldSink();
    SessionEvents session = open(sink);
    session.data(StreamType.STDOUT, Unpooled.wrappedBuffer(new byte[10]));
    session.data(
        StreamType.ERROR,
        Unpooled.copiedBuffer("{\"status\":\"Success\"}", StandardCharsets.UTF_8));
    session.ended("closed");
    sink.reached.await();
    assertThat(session.status()).isNotDone();
    sink.released.countDown();
    assertThat(Replies.await(session.status())).isEqualTo(new ExecStatus.Exited(0));
  }

  @Test
  void aWriterWaitsWhileTheConnectionIsFullAndIsReleasedAtTheEnd() throws Exception {
    SessionEvents session = open(new ByteArrayOutputStream());
    ContainerSession face = Replies.await(session.opened());
    transport.writable = false;
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    face.stdin().write(new byte[10]);
                    outcome.complete("written");
                  } catch (IOException e) {
                    outcome.complete(e.getMessage());
                  }
                });
    Eventually.await("the writer waits", () -> writer.getState() == Thread.State.WAITING);
    assertThat(transport.sent).isEmpty();
    session.ended("cut");
    assertThat(outcome.get()).isEqualTo("write stdin: the session has ended");
  }
}
