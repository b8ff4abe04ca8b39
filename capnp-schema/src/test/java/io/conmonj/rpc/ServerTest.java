package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.ConmonOld;
import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The serving side, against what clients are known to send. */
class ServerTest {

  private final List<IncomingCall> calls = new ArrayList<>();

  private static void answer(IncomingCall call, String version) {
    call.response(Conmon.VersionResponse.factory).setVersion(version);
    call.respond();
  }

  @Test
  void bootstrapIsAnsweredWithAnObjectThatTheServerHosts() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(7);
      Rpc.Return.Reader answer = peer.hearReturn();
      assertThat(answer.getAnswerId()).isEqualTo(7);
      assertThat(answer.getReleaseParamCaps()).isFalse();
      assertThat(CapabilityPointer.read(answer.getResults().getContent())).isZero();
      assertThat(answer.getResults().getCapTable().get(0).which())
          .isEqualTo(Rpc.CapDescriptor.SENDER_HOSTED);
    }
  }

  @Test
  void aCallRightBehindTheBootstrapNeedNotWaitForIt() {
    try (RawPeer peer = new RawPeer(call -> answer(call, "1.2.3"))) {
      peer.say(
          RawPeer.bytes(message -> message.initBootstrap().setQuestionId(0))
              .writeBytes(
                  RawPeer.bytes(
                      message -> {
                        Rpc.Call.Builder call = message.initCall();
                        call.initTarget().initPromisedAnswer().setQuestionId(0);
                        RawPeer.version(call, 1);
                      })));
      peer.hearReturn();
      Rpc.Return.Reader answer = peer.hearReturn();
      assertThat(answer.getAnswerId()).isEqualTo(1);
      assertThat(RawPeer.version(answer)).isEqualTo("1.2.3");
    }
  }

  @Test
  void theImportedObjectStaysCallableWhenTheBootstrapIsFinishedAndReleased() {
    try (RawPeer peer = new RawPeer(call -> answer(call, "1"))) {
      peer.bootstrap(0);
      int id = peer.hearReturn().getResults().getCapTable().get(0).getSenderHosted();
      peer.finish(0);
      peer.say(
          message -> {
            Rpc.Release.Builder release = message.initRelease();
            release.setId(id);
            release.setReferenceCount(1);
          });
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            call.initTarget().setImportedCap(id);
            RawPeer.version(call, 0);
          });
      assertThat(RawPeer.version(peer.hearReturn())).isEqualTo("1");
    }
  }

  @Test
  void callsAreAnsweredInTheOrderTheyEnd() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      peer.callVersion(2, 0);
      peer.callVersion(3, 0);
      answer(calls.get(2), "c");
      answer(calls.get(0), "a");
      answer(calls.get(1), "b");
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(3);
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(1);
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(2);
    }
  }

  @Test
  void aQuestionIdIsFreeAgainOnceFinished() {
    try (RawPeer peer = new RawPeer(call -> answer(call, "1"))) {
      for (int i = 0; i < 3; i++) {
        peer.bootstrap(0);
        peer.hearReturn();
        peer.callVersion(1, 0);
        assertThat(RawPeer.version(peer.hearReturn())).isEqualTo("1");
        peer.finish(1);
        peer.finish(0);
      }
    }
  }

  @Test
  void finishingAQuestionThatIsNotOpenIsNoError() {
    try (RawPeer peer = new RawPeer(call -> answer(call, "1"))) {
      peer.finish(0);
      peer.finish(4_000_000);
      peer.bootstrap(0);
      peer.hearReturn();
    }
  }

  @Test
  void askingAQuestionThatIsOpenEndsTheConnection() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.bootstrap(0);
      assertThat(peer.hearAbort()).contains("question 0");
    }
  }

  @Test
  void aMethodThatIsNotThereIsUnimplemented() {
    try (RawPeer peer = new RawPeer(IncomingCall::unimplemented)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      Rpc.Return.Reader answer = peer.hearReturn();
      assertThat(answer.which()).isEqualTo(Rpc.Return.EXCEPTION);
      assertThat(answer.getException().getType()).isEqualTo(Rpc.Exception.Type.UNIMPLEMENTED);
    }
  }

  @Test
  void aCallOnNothingFails() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.callVersion(1, 99);
      assertThat(peer.hearReturn().which()).isEqualTo(Rpc.Return.EXCEPTION);
      peer.callVersion(2, 2);
      assertThat(peer.hearReturn().which()).isEqualTo(Rpc.Return.EXCEPTION);
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            call.initTarget().setImportedCap(5);
            RawPeer.version(call, 3);
          });
      assertThat(peer.hearReturn().which()).isEqualTo(Rpc.Return.EXCEPTION);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void whatIsNotUnderstoodIsSentBack() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.say(message -> message.initResolve().setPromiseId(17));
      Rpc.Message.Reader echo = peer.hear();
      assertThat(echo.which()).isEqualTo(Rpc.Message.UNIMPLEMENTED);
      assertThat(echo.getUnimplemented().getResolve().getPromiseId()).isEqualTo(17);
      peer.say(message -> message.initProvide().setQuestionId(3));
      assertThat(peer.hear().getUnimplemented().which()).isEqualTo(Rpc.Message.PROVIDE);
    }
  }

  @Test
  void theTwoGenerationsOfARequestAreToldApartByItsPointers() {
    List<Integer> pointers = new ArrayList<>();
    CallHandler handler =
        call -> {
          pointers.add(call.requestPointers());
          call.respond();
        };
    try (RawPeer peer = new RawPeer(handler)) {
      peer.bootstrap(0);
      peer.callVersion(1, 0);
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            call.setQuestionId(2);
            call.initTarget().initPromisedAnswer().setQuestionId(0);
            call.initParams()
                .initContent()
                .initAs(AnyStruct.FACTORY)
                .pointer()
                .initAs(ConmonOld.VersionRequest.factory);
          });
      assertThat(pointers).containsExactly(1, 2);
    }
  }
}
