package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a peer may not make the server do. */
class LimitsTest {

  private static final RpcLimits FEW =
      new RpcLimits(65_536, 512, 8192, 64, 4, 3, 4096, 10, 1 << 20);

  private final List<IncomingCall> calls = new ArrayList<>();

  @Test
  void aCallTooManyIsRefusedAsOverloadedAndTheOthersGoOn() {
    try (RawPeer peer = new RawPeer(FEW, calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      for (int id = 1; id <= 4; id++) {
        peer.callVersion(id, 0);
      }
      Rpc.Return.Reader refused = peer.hearReturn();
      assertThat(refused.getAnswerId()).isEqualTo(4);
      assertThat(refused.getException().getType()).isEqualTo(Rpc.Exception.Type.OVERLOADED);

      calls.getFirst().respond();
      assertThat(peer.hearReturn().getAnswerId()).isEqualTo(1);
      peer.callVersion(5, 0);
      peer.hearNothing();
      assertThat(calls).hasSize(4);
      calls.forEach(call -> call.fail(FaultKind.FAILED, "end of test"));
    }
  }

  @Test
  void callsThatHoldTooManyBytesAreRefusedAsOverloaded() {
    try (RawPeer peer = new RawPeer(FEW, calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            call.setQuestionId(1);
            call.initTarget().initPromisedAnswer().setQuestionId(0);
            call.initParams()
                .initContent()
                .initAs(AnyStruct.FACTORY)
                .pointer()
                .initAs(Conmon.ReopenLogRequest.factory)
                .setId("i".repeat(5000));
          });
      assertThat(peer.hearReturn().getException().getType())
          .isEqualTo(Rpc.Exception.Type.OVERLOADED);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void whoNeverFinishesHisQuestionsIsCutOff() {
    try (RawPeer peer = new RawPeer(FEW, IncomingCall::respond)) {
      peer.bootstrap(0);
      peer.hearReturn();
      for (int id = 1; id < 10; id++) {
        peer.callVersion(id, 0);
        peer.hearReturn();
      }
      peer.callVersion(10, 0);
      assertThat(peer.hearAbort()).contains("more than 10 questions");
    }
  }

  @Test
  void aMessageWithTooManyCapabilitiesEndsTheConnection() {
    try (RawPeer peer = new RawPeer(FEW, calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            RawPeer.version(call, 1);
            call.initTarget().initPromisedAnswer().setQuestionId(0);
            call.initParams().initCapTable(5);
          });
      assertThat(peer.hearAbort()).contains("5 capabilities");
    }
  }

  @Test
  void aTargetWithTooManyStepsEndsTheConnection() {
    try (RawPeer peer = new RawPeer(FEW, calls::add)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            RawPeer.version(call, 1);
            call.initTarget().initPromisedAnswer().initTransform(65);
          });
      assertThat(peer.hearAbort()).contains("65 steps");
    }
  }

  @Test
  void aLargeMessageThatIsNotUnderstoodIsNotSentBackButEndsTheConnection() {
    RpcLimits wide = RpcLimits.SERVER;
    try (RawPeer peer = new RawPeer(wide, calls::add)) {
      peer.say(
          message ->
              message
                  .initUnimplemented()
                  .initAbort()
                  .setReason("not looked at, so no harm: " + "x".repeat(100_000)));
      peer.hearNothing();
      peer.say(message -> message.initResolve().initException().setReason("x".repeat(100_000)));
      assertThat(peer.hearAbort()).contains("malformed");
    }
  }

  @Test
  void aCapabilityNobodyTakesIsGivenBack() {
    try (RawPeer peer = new RawPeer(IncomingCall::respond)) {
      peer.bootstrap(0);
      peer.hearReturn();
      peer.say(
          message -> {
            Rpc.Call.Builder call = message.initCall();
            RawPeer.version(call, 1);
            call.initTarget().initPromisedAnswer().setQuestionId(0);
            call.initParams().initCapTable(1).get(0).setSenderHosted(23);
          });
      Rpc.Message.Reader release = peer.hear();
      assertThat(release.which()).isEqualTo(Rpc.Message.RELEASE);
      assertThat(release.getRelease().getId()).isEqualTo(23);
      assertThat(release.getRelease().getReferenceCount()).isEqualTo(1);
      peer.hearReturn();
    }
  }
}
