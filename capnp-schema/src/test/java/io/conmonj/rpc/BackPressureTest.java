package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.rpc.schema.Sample;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A peer that does not take its answers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackPressureTest {

  /** One answer. */
  private static final int ANSWER_BYTES = 256 * 1024;

  private static final int CALLS = 200;

  @TempDir private Path directory;

  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

  private static ByteBuf question(int id) {
    return RawPeer.bytes(
        message -> {
          Rpc.Call.Builder call = message.initCall();
          call.setQuestionId(id);
          call.setInterfaceId(Sample.INTERFACE_ID);
          call.setMethodId(Sample.ECHO);
          call.initTarget().setImportedCap(ExportTable.BOOTSTRAP);
          Sample.EchoRequest.Builder request =
              call.initParams()
                  .initContent()
                  .initAs(AnyStruct.FACTORY)
                  .pointer()
                  .initAs(Sample.EchoRequest.factory);
          request.initData(1024);
          request.setTimes(ANSWER_BYTES / 1024);
        });
  }

  private Path serve(UnixEndpoint endpoint, RpcLimits limits, CallHandler handler)
      throws InterruptedException {
    Path socket = directory.resolve("s");
    endpoint.listen(
        socket,
        channel -> {
          channel.pipeline().addLast(new RpcHandler(limits, handler));
          accepted.add(channel);
        });
    return socket;
  }

  @Test
  void nothingMoreIsReadFromAPeerThatDoesNotTakeItsAnswers() throws Exception {
    try (UnixEndpoint endpoint = new UnixEndpoint();
        SocketChannel peer =
            SocketChannel.open(
                UnixDomainSocketAddress.of(
                    serve(endpoint, RpcLimits.SERVER, SampleServer.withoutRelay())))) {
      Thread asking = Thread.ofVirtual().start(() -> askAll(peer));
      Channel server = accepted.take();
      while (server.config().isAutoRead()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      long queued = endpoint.on(() -> server.unsafe().outboundBuffer().totalPendingWriteBytes());
      // What was in one read when the queue filled up is still answered: 64 KiB of questions.
      assertThat(queued).isLessThan(CALLS * (long) ANSWER_BYTES / 2);

      List<Integer> answered = new ArrayList<>();
      while (answered.size() < CALLS) {
        answered.add(readReturn(peer).getAnswerId());
      }
      assertThat(answered).doesNotHaveDuplicates().hasSize(CALLS);
      asking.join();
    }
  }

  @Test
  void aPeerForWhomTooMuchIsQueuedIsCutOff() throws Exception {
    RpcLimits narrow = new RpcLimits(65_536, 512, 1 << 20, 64, 4, 100, 1 << 20, 1000, 4 << 20);
    List<IncomingCall> calls = new ArrayList<>();
    try (UnixEndpoint endpoint = new UnixEndpoint();
        SocketChannel peer =
            SocketChannel.open(UnixDomainSocketAddress.of(serve(endpoint, narrow, calls::add)))) {
      for (int id = 0; id < 50; id++) {
        peer.write(question(id).nioBuffer());
      }
      Channel server = accepted.take();
      while (endpoint.on(calls::size) < 50) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      SampleServer echo = SampleServer.withoutRelay();
      endpoint.on(
          () -> {
            calls.forEach(echo::call);
            return null;
          });
      server.closeFuture().sync();
      assertThat(endpoint.<Boolean>on(() -> calls.getLast().cancelled())).isTrue();
    }
  }

  @Test
  void aPeerThatDoesNotTakeTheLastWordsIsCutOffWithoutThem() throws Exception {
    try (UnixEndpoint endpoint = new UnixEndpoint();
        SocketChannel peer =
            SocketChannel.open(
                UnixDomainSocketAddress.of(
                    serve(endpoint, RpcLimits.SERVER, SampleServer.withoutRelay())))) {
      for (int id = 0; id < 4; id++) {
        peer.write(question(id).nioBuffer());
      }
      Channel server = accepted.take();
      while (server.config().isAutoRead()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      endpoint.on(
          () -> {
            server.pipeline().get(RpcHandler.class).connection().close();
            return null;
          });
      server.closeFuture().sync();
      assertThat(peer.isOpen()).isTrue();
    }
  }

  private static void askAll(SocketChannel peer) {
    try {
      for (int id = 0; id < CALLS; id++) {
        ByteBuffer bytes = question(id).nioBuffer();
        while (bytes.hasRemaining()) {
          peer.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final MessageDecoder decoder = new MessageDecoder(RpcLimits.CLIENT);
  private final ByteBuf heard = Unpooled.buffer();

  private Rpc.Return.Reader readReturn(SocketChannel peer) throws IOException {
    ByteBuffer[] segments = decoder.decode(heard);
    while (segments == null) {
      heard.discardReadBytes();
      ByteBuffer some = ByteBuffer.allocate(65_536);
      if (peer.read(some) < 0) {
        throw new EOFException("read answer: connection closed");
      }
      heard.writeBytes(some.flip());
      segments = decoder.decode(heard);
    }
    return new MessageReader(segments, ReaderOptions.DEFAULT_READER_OPTIONS)
        .getRoot(Rpc.Message.factory)
        .getReturn();
  }
}
