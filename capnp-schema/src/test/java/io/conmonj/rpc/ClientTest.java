package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.rpc.schema.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calling side, against the serving side of this package. */
class ClientTest {

  private final SampleServer server = new SampleServer(this::serverConnection);
  private final Loopback wire = new Loopback(server);
  private final SampleClient client = new SampleClient(wire.connection());

  private RpcConnection serverConnection() {
    return wire.serverConnection();
  }

  @AfterEach
  void hangUp() {
    wire.close();
  }

  @Test
  void aCallIsAnswered() {
    var echo = client.echo("abc".getBytes(StandardCharsets.UTF_8), 2, "x", "ü");
    assertThat(echo).isNotDone();
    wire.pump();
    Sample.EchoResponse.Reader response = echo.resultNow();
    assertThat(response.getData().size()).isEqualTo(2);
    assertThat(response.getData().get(1).toArray()).isEqualTo(new byte[] {'a', 'b', 'c'});
    assertThat(response.getTexts().get(1).toString()).isEqualTo("ü");
  }

  @Test
  void callsAreAnsweredOutOfOrder() {
    var first = client.keyed(Sample.WAIT, "a");
    var second = client.keyed(Sample.WAIT, "b");
    var wake = client.keyed(Sample.WAKE, "b");
    wire.pump();
    assertThat(first).isNotDone();
    assertThat(second.resultNow().getKey().toString()).isEqualTo("b");
    assertThat(wake).isCompleted();
  }

  @Test
  void aCapabilityThatAnAnswerWillHoldCanBeCalledBeforeItComes() {
    var open = client.open(41);
    Capability counter = SampleClient.counter(open);
    var next = client.next(counter);
    wire.pump();
    assertThat(open.resultNow().getOther().toString()).isEqualTo("counter from 41");
    assertThat(next.resultNow().getValue()).isEqualTo(42);
    var again = client.next(counter);
    wire.pump();
    assertThat(again.resultNow().getValue()).isEqualTo(43);
  }

  @Test
  void callsOnAnAnswerNotYetGivenWaitAtTheServer() {
    List<IncomingCall> held = new ArrayList<>();
    try (Loopback slow = new Loopback(held::add)) {
      var slowClient = new SampleClient(slow.connection());
      var open = slowClient.open(1);
      var next = slowClient.next(SampleClient.counter(open));
      slow.pump();
      assertThat(next).isNotDone();
      server.call(held.getFirst());
      slow.pump();
      assertThat(next.resultNow().getValue()).isEqualTo(2);
    }
  }

  @Test
  void callsOnAnAnswerThatFailsFailToo() {
    var failing = client.keyed(Sample.FAIL, "x");
    var next = client.next(failing.pipeline(0));
    wire.pump();
    assertThat(SampleClient.failure(failing)).hasMessage("fail as asked: x");
    assertThat(SampleClient.failure(next).kind()).isEqualTo(FaultKind.FAILED);
  }

  @Test
  void aClosedCapabilityIsForgottenByTheServer() {
    var open = client.open(1);
    Capability counter = SampleClient.counter(open);
    wire.pump();
    var _ = client.next(counter);
    counter.close();
    wire.pump();
    var late = client.next(counter);
    assertThat(SampleClient.failure(late)).hasMessage("call on a closed capability");
  }

  @Test
  void anObjectGivenAsParameterIsCalledByTheServer() {
    var relay = client.relay(new SampleServer.Counter(9));
    wire.pump();
    assertThat(relay.resultNow().getValue()).isEqualTo(10);
  }

  @Test
  void theReasonAndKindOfAFailureArrive() {
    var unknown = client.keyed(99, "x");
    wire.pump();
    assertThat(SampleClient.failure(unknown).kind()).isEqualTo(FaultKind.UNIMPLEMENTED);
    assertThat(SampleClient.failure(unknown)).hasMessageContaining("method 99");
  }

  @Test
  void aCancelledCallIsGivenUpByTheServerAndItsNumberUsedAgain() {
    var wait = client.keyed(Sample.WAIT, "a");
    wire.pump();
    assertThat(server.waiting()).isEqualTo(1);
    assertThat(wait.cancel(false)).isTrue();
    wire.pump();
    assertThat(server.cancelled()).isEqualTo(1);
    assertThat(server.waiting()).isZero();
    var echo = client.echo(new byte[1], 1);
    wire.pump();
    assertThat(echo).isCompleted();
  }

  @Test
  void cancellingACallThatWasAnsweredMeanwhileDoesNoHarm() {
    var echo = client.echo(new byte[1], 1);
    wire.pump();
    assertThat(echo.cancel(false)).isFalse();
    wire.pump();
    var again = client.echo(new byte[1], 1);
    wire.pump();
    assertThat(again).isCompleted();
  }

  @Test
  void aCallCompletedByItsOwnerIsStillFinishedWhenItsAnswerComes() {
    var wait = client.keyed(Sample.WAIT, "a");
    wire.pump();
    assertThat(wait.completeExceptionally(new TimeoutException())).isTrue();
    var wake = client.keyed(Sample.WAKE, "a");
    wire.pump();
    assertThat(wake).isCompleted();
    var echo = client.echo(new byte[1], 1);
    wire.pump();
    assertThat(echo).isCompleted();
  }

  @Test
  void theEndOfTheConnectionFailsWhatIsPendingAndWhatComesLater() {
    var wait = client.keyed(Sample.WAIT, "a");
    wire.pump();
    var _ = wire.server().close();
    wire.pump();
    assertThat(SampleClient.failure(wait).kind()).isEqualTo(FaultKind.DISCONNECTED);
    var late = client.keyed(Sample.WAIT, "b");
    assertThat(SampleClient.failure(late).kind()).isEqualTo(FaultKind.DISCONNECTED);
    var later = new SampleClient(wire.connection()).open(1);
    assertThat(SampleClient.failure(later).kind()).isEqualTo(FaultKind.DISCONNECTED);
  }

  @Test
  void closingTellsTheOtherSideWhy() {
    var _ = client.keyed(Sample.WAIT, "a");
    wire.pump();
    wire.connection().close();
    wire.pump();
    assertThat(wire.server().isOpen()).isFalse();
    assertThat(server.cancelled()).isEqualTo(1);
    assertThat(wire.connection().closed()).isTrue();
  }

  @Test
  void aCapabilityCannotBeCalledOverAnotherConnectionThanItsOwn() {
    try (Loopback other = new Loopback(server)) {
      assertThatThrownBy(() -> SampleClient.next(other.connection(), client.sample()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another connection");
    }
  }

  @Test
  void aRequestThatCannotBeFilledInIsNotSent() {
    assertThatThrownBy(
            () ->
                wire.connection()
                    .call(
                        client.sample(),
                        Sample.INTERFACE_ID,
                        Sample.WAIT,
                        Sample.WaitRequest.factory,
                        request -> {
                          throw new IllegalStateException("no key");
                        },
                        Sample.WaitResponse.factory))
        .hasMessage("no key");
    wire.pump();
    assertThat(server.waiting()).isZero();
  }
}
