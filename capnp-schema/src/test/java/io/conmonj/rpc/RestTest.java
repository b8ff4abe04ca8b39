package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When another process can go on with a connection. */
class RestTest {
  private final List<IncomingCall> calls = new ArrayList<>();
  private final RawPeer peer = new RawPeer(calls::add);
  private final RpcHandler handler = peer.channel().pipeline().get(RpcHandler.class);

  @AfterEach
  void close() {
    peer.close();
  }

  private static void callBootstrap(Rpc.Message.Builder message, int questionId) {
    Rpc.Call.Builder call = message.initCall();
    call.initTarget().setImportedCap(ExportTable.BOOTSTRAP);
    RawPeer.version(call, questionId);
  }

  @Test
  void aNewConnectionIsAtRest() {
    assertThat(handler.isAtRest()).isTrue();
  }

  @Test
  void whoAsksForTheBootstrapObjectIsDoneWithItsAnswerFirst() {
    peer.bootstrap(0);
    peer.hearReturn();
    assertThat(handler.isAtRest()).isFalse();
    peer.finish(0);
    assertThat(handler.isAtRest()).isTrue();
  }

  @Test
  void aCallIsAnsweredAndItsAnswerDoneWithFirst() {
    peer.say(message -> callBootstrap(message, 1));
    assertThat(handler.isAtRest()).isFalse();
    calls.getFirst().response(Conmon.VersionResponse.factory).setVersion("1");
    calls.getFirst().respond();
    peer.hearReturn();
    assertThat(handler.isAtRest()).isFalse();
    peer.finish(1);
    assertThat(handler.isAtRest()).isTrue();
  }

  @Test
  void aCallThatIsGivenUpIsStillBeingServed() {
    peer.say(message -> callBootstrap(message, 1));
    peer.finish(1);
    peer.hearReturn();
    assertThat(handler.isAtRest()).isFalse();
    calls.getFirst().fail(FaultKind.FAILED, "nobody waits");
    assertThat(handler.isAtRest()).isTrue();
  }

  @Test
  void aMessageOfWhichAPartHasComeIsReadToItsEnd() {
    ByteBuf message = RawPeer.bytes(it -> callBootstrap(it, 1));
    peer.say(message.readRetainedSlice(message.readableBytes() - 1));
    assertThat(handler.isAtRest()).isFalse();
    peer.say(message);
    assertThat(calls).hasSize(1);
  }

  @Test
  void aConnectionThatHasEndedIsNotAtRest() {
    handler.connection().close();
    assertThat(handler.isAtRest()).isFalse();
  }
}
