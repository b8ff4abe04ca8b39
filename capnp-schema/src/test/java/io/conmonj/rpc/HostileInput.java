package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;
import org.capnproto.Text;

/**
 * Feeds a connection with bytes of any kind and holds it to its promise: nothing is thrown at the
 * channel, the memory used is bounded and given back, and a connection that ends says so first.
 */
final class HostileInput {

  /** Small, so that reaching a limit is common. */
  private static final RpcLimits LIMITS =
      new RpcLimits(65_536, 512, 65_536, 64, 16, 8, 65_536, 64, 4 << 20);

  private HostileInput() {}

  /** Feeds {@code bytes} in pieces of {@code pieceBytes} at most. */
  static void feed(byte[] bytes, int pieceBytes) {
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    RpcHandler handler = new RpcHandler(LIMITS, HostileInput::serve);
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(memory);
    channel.pipeline().addLast(handler);
    var _ = handler.connection().bootstrap(); // Makes question 0, for hostile returns.
    for (int at = 0; at < bytes.length && channel.isOpen(); at += pieceBytes) {
      int end = Math.min(bytes.length, at + pieceBytes);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, end - at));
    }
    boolean ended = !channel.isOpen();
    ByteBuf said = Unpooled.buffer();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      said.writeBytes(out);
      out.release();
    }
    int last = lastMessage(said);
    assertThat(ended).isEqualTo(handler.connection().closed());
    if (ended) {
      assertThat(last == Rpc.Message.ABORT || wasAborted(handler)).as("says why it ends").isTrue();
    }
    channel.finishAndReleaseAll();
    assertThat(memory.metric().usedDirectMemory()).as("memory not given back").isZero();
  }

  private static boolean wasAborted(RpcHandler handler) {
    var late = new SampleClient(handler.connection()).open(1);
    return SampleClient.failure(late).getMessage().startsWith("ended by the other side");
  }

  private static int lastMessage(ByteBuf said) {
    MessageDecoder decoder = new MessageDecoder(RpcLimits.CLIENT);
    int which = -1;
    for (ByteBuffer[] message = decoder.decode(said);
        message != null;
        message = decoder.decode(said)) {
      which =
          new MessageReader(message, ReaderOptions.DEFAULT_READER_OPTIONS)
              .getRoot(Rpc.Message.factory)
              .which();
    }
    assertThat(said.isReadable()).as("half a message said").isFalse();
    return which;
  }

  /** Reads a request to its last byte, as a handler would. */
  private static void serve(IncomingCall call) {
    if (call.methodId() == 7) {
      return; // Never ended: its results may not have been begun either.
    }
    Conmon.CreateContainerRequest.Reader request =
        call.request(Conmon.CreateContainerRequest.factory);
    StringBuilder all = new StringBuilder();
    all.append(call.requestPointers()).append(request.getId()).append(request.getBundlePath());
    for (Text.Reader text : request.getExitPaths()) {
      all.append(text);
    }
    for (Text.Reader text : request.getCommandArgs()) {
      all.append(text);
    }
    for (Conmon.LogDriver.Reader driver : request.getLogDrivers()) {
      all.append(driver.getType()).append(driver.getPath()).append(driver.getMaxSize());
    }
    for (Conmon.TextTextMapEntry.Reader entry : request.getEnvVars()) {
      all.append(entry.getKey()).append(entry.getValue());
    }
    var fds = request.getAdditionalFds();
    for (int i = 0; i < fds.size(); i++) {
      all.append(fds.get(i));
    }
    call.onCancel(() -> {});
    call.response(Conmon.VersionResponse.factory).setVersion(all.substring(0, all.length() / 8));
    call.respond();
  }
}
