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
  void aCallGivenUpIsReturnedAsCancelledAndItsHandlerTold() {
    List<String> told = new ArrayList<>();
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      calls.getFirst().onCancel(() -> told.add("cancelled"));
      peer.finish(1);
      Rpc.Return.Reader answer = peer.hearReturn();
      assertThat(answer.getAnswerId()).isEqualTo(1);
      assertThat(answer.which()).isEqualTo(Rpc.Return.CANCELED);
      assertThat(told).containsExactly("cancelled");

      answer(calls.getFirst(), "too late");
      peer.hearNothing();
      peer.callVersion(1, 0);
      answer(calls.get(1), "in time");
      assertThat(RawPeer.version(peer.hearReturn())).isEqualTo("in time");
    }
  }

  @Test
  void whoWaitsForTheEndOfACallIsToldOnceHowItEnded() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      List<String> told = new ArrayList<>();
      for (int id = 1; id <= 3; id++) {
        peer.callVersion(id, 0);
        String name = "call " + id;
        calls.getLast().onEnd(failed -> told.add(name + (failed ? " failed" : " answered")));
      }
      answer(calls.get(0), "1");
      calls.get(0).fail(FaultKind.FAILED, "too late");
      calls.get(1).fail(FaultKind.FAILED, "no");
      peer.finish(3);
      assertThat(told).containsExactly("call 1 answered", "call 2 failed");
      answer(calls.get(2), "nobody waits");
      assertThat(told).containsExactly("call 1 answered", "call 2 failed", "call 3 answered");
    }
  }

  @Test
  void whoFailsWhenToldOfTheEndOfACallTakesNobodysAnswer() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      for (int id = 1; id <= 2; id++) {
        peer.callVersion(id, 0);
        calls
            .getLast()
            .onEnd(
                failed -> {
                  throw new OutOfMemoryError("Java heap space");
                });
      }
      answer(calls.get(0), "1.2.3");
      assertThat(RawPeer.version(peer.hearReturn())).isEqualTo("1.2.3");
      calls.get(1).fail(FaultKind.FAILED, "no");
      assertThat(peer.hearReturn().getException().getReason().toString()).isEqualTo("no");
    }
  }

  @Test
  void theEndOfTheConnectionCancelsWhatIsBeingServed() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.callVersion(1, 0);
      var _ = peer.channel().close();
      assertThat(calls.getFirst().cancelled()).isTrue();
      calls.getFirst().fail(FaultKind.FAILED, "nobody hears it");
    }
  }

  @Test
  void anAbortFromTheOtherSideCancelsWhatIsBeingServed() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.callVersion(1, 0);
      peer.say(message -> message.initAbort().setReason("connection closed"));
      assertThat(calls.getFirst().cancelled()).isTrue();
      assertThat(peer.channel().isOpen()).isFalse();
      answer(calls.getFirst(), "nobody hears it");
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
  void whatAHandlerThrowsFailsOnlyItsCall() {
    CallHandler broken =
        call -> {
          call.response(Conmon.VersionResponse.factory).setVersion("half done");
          throw new IllegalStateException("open log file /x: permission denied");
        };
    try (RawPeer peer = new RawPeer(broken)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      Rpc.Return.Reader answer = peer.hearReturn();
      assertThat(answer.getException().getType()).isEqualTo(Rpc.Exception.Type.FAILED);
      assertThat(answer.getException().getReason().toString())
          .isEqualTo("open log file /x: permission denied");
      peer.callVersion(2, 0);
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(2);
    }
  }

  @Test
  void aHandlerThatRunsOutOfMemoryFailsOnlyItsCall() {
    CallHandler broken =
        call -> {
          throw new OutOfMemoryError("Java heap space");
        };
    try (RawPeer peer = new RawPeer(broken)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      assertThat(peer.hearReturn().getException().getReason().toString())
          .isEqualTo("Java heap space");
      peer.callVersion(2, 0);
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(2);
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

  @Test
  void aHandlerThatThrowsWhenCancelledHarmsNobodyElse() {
    try (RawPeer peer = new RawPeer(calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.callVersion(1, 0);
      peer.callVersion(2, 0);
      calls
          .getFirst()
          .onCancel(
              () -> {
                throw new IllegalStateException("cannot be cancelled");
              });
      peer.finish(1);
      assertThat(peer.hearReturn().which()).isEqualTo(Rpc.Return.CANCELED);
      answer(calls.get(1), "2");
      assertThat(RawPeer.version(peer.hearReturn())).isEqualTo("2");
    }
  }
}
