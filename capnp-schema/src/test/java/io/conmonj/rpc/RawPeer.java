package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/** The other side of a connection, message by message: what a test says and hears by hand. */
final class RawPeer implements AutoCloseable {

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel;
  private final MessageDecoder decoder = new MessageDecoder(RpcLimits.CLIENT);
  private final ByteBuf heard = Unpooled.buffer();

  RawPeer(CallHandler bootstrap) {
    this(RpcLimits.SERVER, bootstrap);
  }

  RawPeer(RpcLimits limits, CallHandler bootstrap) {
    channel = new EmbeddedChannel();
    channel.config().setAllocator(memory);
    channel.pipeline().addLast(new RpcHandler(limits, bootstrap));
  }

  EmbeddedChannel channel() {
    return channel;
  }

  /** Says a message. */
  void say(Consumer<Rpc.Message.Builder> fill) {
    say(bytes(fill));
  }

  /** Says bytes; takes ownership. */
  void say(ByteBuf bytes) {
    channel.writeInbound(bytes);
  }

  /** A message as the bytes of its frame. */
  static ByteBuf bytes(Consumer<Rpc.Message.Builder> fill) {
    OutgoingMessage message = new OutgoingMessage(UnpooledByteBufAllocator.DEFAULT);
    fill.accept(message.root());
    ByteBuf bytes = Unpooled.buffer();
    message.drainTo(
        buffer -> {
          bytes.writeBytes(buffer);
          buffer.release();
        });
    return bytes;
  }

  /** Asks for the bootstrap object. */
  void bootstrap(int questionId) {
    say(message -> message.initBootstrap().setQuestionId(questionId));
  }

  /** Calls {@code version} of the bootstrap object that question {@code on} asks for. */
  void callVersion(int questionId, int on) {
    say(
        message -> {
          Rpc.Call.Builder call = message.initCall();
          call.initTarget().initPromisedAnswer().setQuestionId(on);
          version(call, questionId);
        });
  }

  /** Fills in a call of {@code version}. */
  static void version(Rpc.Call.Builder call, int questionId) {
    call.setQuestionId(questionId);
    call.setInterfaceId(Conmon.INTERFACE_ID);
    call.setMethodId(Conmon.VERSION);
    call.initParams()
        .initContent()
        .initAs(AnyStruct.FACTORY)
        .pointer()
        .initAs(Conmon.VersionRequest.factory)
        .setVerbose(true);
  }

  void finish(int questionId) {
    say(
        message -> {
          Rpc.Finish.Builder finish = message.initFinish();
          finish.setQuestionId(questionId);
          finish.setReleaseResultCaps(false);
        });
  }

  /** The next message, which must have come. */
  Rpc.Message.Reader hear() {
    Rpc.Message.Reader message = hearOrNull();
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  /** That nothing more was said. */
  void hearNothing() {
    assertThat(hearOrNull()).as("a message").isNull();
  }

  /** The next message, which must be a return. */
  Rpc.Return.Reader hearReturn() {
    Rpc.Message.Reader message = hear();
    assertThat(message.which()).isEqualTo(Rpc.Message.RETURN);
    return message.getReturn();
  }

  /** That the connection was ended, by an abort; its reason. */
  String hearAbort() {
    Rpc.Message.Reader message = hear();
    assertThat(message.which()).isEqualTo(Rpc.Message.ABORT);
    assertThat(channel.isOpen()).as("connection open").isFalse();
    return message.getAbort().getReason().toString();
  }

  private Rpc.Message.Reader hearOrNull() {
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      heard.writeBytes(out);
      out.release();
    }
    ByteBuffer[] segments = decoder.decode(heard);
    return segments == null
        ? null
        : new MessageReader(segments, ReaderOptions.DEFAULT_READER_OPTIONS)
            .getRoot(Rpc.Message.factory);
  }

  /** The version in the results of a return. */
  static String version(Rpc.Return.Reader answer) {
    assertThat(answer.which()).isEqualTo(Rpc.Return.RESULTS);
    return answer
        .getResults()
        .getContent()
        .getAs(AnyStruct.FACTORY)
        .pointer(0)
        .getAs(Conmon.VersionResponse.factory)
        .getVersion()
        .toString();
  }

  /** Hangs up; by then the connection must have given back all memory. */
  @Override
  public void close() {
    channel.finishAndReleaseAll();
    assertThat(memory.metric().usedDirectMemory()).as("memory not given back").isZero();
  }
}
