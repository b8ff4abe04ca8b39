package io.conmonj.monitor.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.wire.RemoteCommandVersion;
import io.conmonj.streaming.wire.Subprotocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RehearsalTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

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
    assertThat(Rehearsal.perform(programme)).as("came to its end").isTrue();
    assertThat(open()).isEqualTo(before);
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
