package io.conmonj.monitor.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.rpc.CallHandler;
import io.conmonj.rpc.FaultKind;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.Subprotocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RehearsalTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final CallHandler NO_MEMORY =
      call -> {
        throw new OutOfMemoryError("Java heap space");
      };

  /** What each of them leads to, such as a socket's number. */
  private static List<String> open() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.map(RehearsalTest::target)
          .filter(
              each ->
                  each.startsWith("socket:") || each.startsWith("pipe:") || each.contains("event"))
          .sorted()
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /** A session of that kind over that protocol, as it is listed. */
  private static SessionInfo session(SessionKind kind, String protocol) {
    return new SessionInfo(1, kind, "c1", protocol, true, 0, 0, 0);
  }

  @Test
  void itComesToItsEndAndLeavesNothingOpen() throws Exception {
    List<SessionInfo> sessions = new ArrayList<>();
    for (SessionKind kind : List.of(SessionKind.EXEC, SessionKind.ATTACH)) {
      Subprotocol.REMOTE_COMMAND.forEach(each -> sessions.add(session(kind, each.title())));
      RemoteCommandVersion.OVER_SPDY.forEach(
          each -> sessions.add(session(kind, "SPDY/3.1 " + each.protocol())));
    }
    Subprotocol.PORT_FORWARD.forEach(
        each -> sessions.add(session(SessionKind.PORT_FORWARD, each.title())));
    sessions.add(session(SessionKind.PORT_FORWARD, "SPDY/3.1 portforward.k8s.io"));
    String programme = Programme.of(sessions);
    assertThat(Programme.speeches(programme, 1)).hasSize(sessions.size());
    List<String> before = open();
    try (Stage stage = new Stage()) {
      Rehearsal.play(stage, programme, IncomingCall::respond);
    }
    assertThat(open()).isEqualTo(before);
  }

  @Test
  void whoCanServeIsNotRefused() {
    assertThat(Rehearsal.perform("EXEC:v5.channel.k8s.io", IncomingCall::respond)).isEmpty();
    assertThat(Rehearsal.perform("", IncomingCall::respond)).isEmpty();
  }

  @Test
  void aCallThatIsNotAnsweredIsTheReasonAlsoWhereThereAreNoSessions() {
    assertThat(Rehearsal.perform("", call -> call.fail(FaultKind.FAILED, "out of order")))
        .contains("a call was not answered: out of order");
    assertThat(Rehearsal.perform("", NO_MEMORY).orElseThrow()).contains("a call was not answered");
  }

  @Test
  void outputThatCannotBeReadIsTheReason() throws Exception {
    try (Stage stage = new Stage();
        RehearsedOutput output = new RehearsedOutput(stage.loop())) {
      output.onEnd(new StreamEnd.Failed(new IOException("read pipe: out of order")));
      assertThatThrownBy(() -> stage.await(output.pass()))
          .hasMessage("what a container writes could not be read: read pipe: out of order");
    }
  }

  @Test
  void outputThatThereIsNoMemoryToReadIsTheReason() throws Exception {
    try (Stage stage = new Stage()) {
      MemoryAccount full = MemoryAccount.open("full", 1, stage.loop());
      full.hold(1);
      try (RehearsedOutput output = new RehearsedOutput(stage.loop(), full)) {
        CompletableFuture<Void> read = output.pass();
        stage.loop().execute(new RefusesOnceItIsStarved(stage, output));
        assertThatThrownBy(() -> stage.await(read, output, "read what a container writes"))
            .isInstanceOf(NotServedException.class)
            .hasMessage("no memory to read what a container writes");
      }
    }
  }

  /** What the time limit does, without the time. */
  private record RefusesOnceItIsStarved(Stage stage, MemoryWait output) implements Runnable {
    @Override
    public void run() {
      if (output.isStarved()) {
        stage.refused(new IOException("it takes too long"));
      } else {
        stage.loop().execute(this);
      }
    }
  }

  @Test
  void outputThatWasNeverWrittenLeavesNothingOpen() throws Exception {
    try (Stage stage = new Stage()) {
      List<String> before = open();
      RehearsedOutput output = new RehearsedOutput(stage.loop());
      assertThat(output.isStarved()).isFalse();
      output.close();
      assertThat(open()).isEqualTo(before);
    }
  }

  @Test
  void outputThatIsLateForAnotherReasonThanMemoryIsNone() throws Exception {
    try (Stage stage = new Stage();
        RehearsedOutput output = new RehearsedOutput(stage.loop())) {
      stage.refused(new IOException("it takes too long"));
      assertThatThrownBy(() -> stage.await(output.pass(), output, "read what a container writes"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it takes too long");
    }
  }

  @Test
  void aSessionThatIsNotServedIsTheReason() {
    assertThat(Rehearsal.perform("EXEC:v9.channel.k8s.io", IncomingCall::respond))
        .contains("a session over v9.channel.k8s.io was ended");
  }

  @Test
  void anErrorThatWasMetIsToldInThePlaceOfWhatItLedTo() {
    try (Stage stage = new Stage()) {
      stage.accept(new OutOfMemoryError("Java heap space"));
      assertThat(Rehearsal.perform(stage, "", NO_MEMORY)).contains("no memory: Java heap space");
    }
  }

  @Test
  void whomAnErrorLeavesWaitingIsNotWaitedForUntilTheHolderIsTiredOfIt() {
    try (Stage stage = new Stage()) {
      CallHandler forgets = call -> stage.accept(new OutOfMemoryError("Java heap space"));
      assertThat(Rehearsal.perform(stage, "", forgets)).contains("no memory: Java heap space");
    }
  }

  @Test
  void anErrorWithoutConsequencesIsNone() {
    try (Stage stage = new Stage()) {
      stage.accept(new OutOfMemoryError("Java heap space"));
      assertThat(Rehearsal.perform(stage, "", IncomingCall::respond)).isEmpty();
    }
  }

  @Test
  void whatTheMachineRefusesIsNoReason() {
    try (Stage stage = new Stage()) {
      stage.refused(new IOException("too many open files"));
      assertThat(Rehearsal.perform(stage, "", IncomingCall::respond)).isEmpty();
    }
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    String programme =
        Programme.of(
            List.of(
                session(SessionKind.ATTACH, "attach socket"),
                session(SessionKind.EXEC, "v5.channel.k8s.io"),
                session(SessionKind.EXEC, "v5.channel.k8s.io")));
    assertThat(programme).isEqualTo("ATTACH:attach socket,EXEC:v5.channel.k8s.io");
    assertThat(Programme.speeches("DREAM:v5.channel.k8s.io,," + programme, 1))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.kind()).isEqualTo(SessionKind.EXEC);
              assertThat(each.protocol()).isEqualTo("v5.channel.k8s.io");
            });
    assertThat(Programme.speeches("", 1)).isEmpty();
  }
}
