package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.schema.Conmon;
import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How calls end other than by their answer, and who is told of it. */
class CallEndTest {

  private final List<IncomingCall> calls = new ArrayList<>();

  private static void answer(IncomingCall call, String version) {
    call.response(Conmon.VersionResponse.factory).setVersion(version);
    call.respond();
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
