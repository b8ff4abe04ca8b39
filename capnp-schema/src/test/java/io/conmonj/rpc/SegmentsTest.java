package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.Data;
import org.junit.jupiter.api.Test;

/** Messages of several segments, and pointers from one into another. */
class SegmentsTest {

  private static final long FAR = 2;
  private static final long DOUBLE = 1 << 2;

  /** A far pointer to a landing pad. */
  private static long far(int segment, int word) {
    return (long) segment << 32 | (long) word << 3 | FAR;
  }

  /** A pointer to a struct with one word of data and one pointer. */
  private static long struct(int offset) {
    return 1L << 48 | 1L << 32 | (long) offset << 2;
  }

  private static ByteBuf frame(long[]... segments) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeIntLE(segments.length - 1);
    for (long[] segment : segments) {
      frame.writeIntLE(segment.length);
    }
    if (segments.length % 2 == 0) {
      frame.writeIntLE(0);
    }
    for (long[] segment : segments) {
      for (long word : segment) {
        frame.writeLongLE(word);
      }
    }
    return frame;
  }

  @Test
  void farAndDoubleFarPointersAreFollowed() {
    long[] root = {far(1, 0) | DOUBLE};
    long[] pads = {far(2, 0), struct(0), struct(0), 77, 0};
    long[] message = {Rpc.Message.BOOTSTRAP, far(1, 2)};
    try (RawPeer peer = new RawPeer(IncomingCall::unimplemented)) {
      peer.say(frame(root, pads, message));
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(77);
    }
  }

  @Test
  void aMessageThatOutgrowsItsFirstSegmentIsReadWhole() {
    String text = "r".repeat(3000);
    try (RawPeer peer = new RawPeer(call -> call.fail(FaultKind.FAILED, text))) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      assertThat(peer.hearReturn().getException().getReason().toString()).isEqualTo(text);
    }
  }

  @Test
  void aLargeAnswerLiesOutsideTheHeapAndGoesOutUncopied() {
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    OutgoingMessage message = new OutgoingMessage(memory);
    Rpc.Call.Builder call = message.root().initCall();
    Data.Builder data = call.initParams().initContent().initAs(new Data.Factory(), 16 << 20);
    assertThat(data.asByteBuffer().isDirect()).isTrue();
    data.asByteBuffer().put((16 << 20) - 1, (byte) 42);
    long allocated = memory.metric().usedDirectMemory();

    List<ByteBuf> written = new ArrayList<>();
    message.drainTo(written::add);
    assertThat(memory.metric().usedHeapMemory()).isZero();
    assertThat(memory.metric().usedDirectMemory() - allocated).isLessThan(64);
    ByteBuf last = written.getLast();
    assertThat(last.getByte(last.writerIndex() - 1)).isEqualTo((byte) 42);
    written.forEach(ByteBuf::release);
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  @Test
  void dataInPiecesIsSentAsItIs() {
    List<ByteBuf> stdout =
        List.of(Unpooled.buffer().writeBytes(new byte[] {1, 2, 3}), piece(70_000));
    List<ByteBuf> stderr = List.of(piece(4), piece(4));
    CallHandler handler =
        call -> {
          Conmon.ExecSyncContainerResponse.Builder response =
              call.response(Conmon.ExecSyncContainerResponse.factory);
          call.setData(response.pointerToStdout(), stdout);
          call.setData(response.pointerToStderr(), stderr);
          response.setExitCode(3);
          call.respond();
        };
    try (RawPeer peer = new RawPeer(handler)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      Conmon.ExecSyncContainerResponse.Reader response =
          peer.hearReturn()
              .getResults()
              .getContent()
              .getAs(AnyStruct.FACTORY)
              .pointer(0)
              .getAs(Conmon.ExecSyncContainerResponse.factory);
      assertThat(response.getExitCode()).isEqualTo(3);
      assertThat(response.getStdout().size()).isEqualTo(70_003);
      assertThat(response.getStdout().toArray()).startsWith(1, 2, 3, 7, 7).endsWith(7, 7);
      assertThat(response.getStderr().toArray()).containsExactly(7, 7, 7, 7, 7, 7, 7, 7);
    }
    assertThat(stdout).allMatch(piece -> piece.refCnt() == 0);
    assertThat(stderr).allMatch(piece -> piece.refCnt() == 0);
  }

  @Test
  void dataInPiecesIsReleasedWhenTheCallFailsAfterAll() {
    ByteBuf piece = piece(10);
    CallHandler handler =
        call -> {
          var response = call.response(Conmon.ExecSyncContainerResponse.factory);
          call.setData(response.pointerToStdout(), List.of(piece));
          call.fail(FaultKind.FAILED, "after all");
        };
    try (RawPeer peer = new RawPeer(handler)) {
      peer.bootstrap(0);
      peer.callVersion(1, 0);
      assertThat(piece.refCnt()).isZero();
    }
  }

  private static ByteBuf piece(int bytes) {
    ByteBuf piece = Unpooled.directBuffer(bytes);
    while (piece.isWritable()) {
      piece.writeByte(7);
    }
    return piece;
  }
}
