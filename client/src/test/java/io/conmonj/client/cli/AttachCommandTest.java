package io.conmonj.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.CommandEnd;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AttachCommandTest extends CommandFixture {
  @Test
  void showsWhatTheContainerWritesAndEndsWithIt() throws IOException {
    int code =
        run(
            side -> {
              side.message(1, "out");
              side.message(2, "err");
              CommandEnd.succeed(side);
            },
            "attach",
            "box");
    assertThat(code).isZero();
    assertThat(tool.out()).isEqualTo("out");
    assertThat(tool.err()).isEqualTo("err");
    assertThat(fake.requests())
        .containsExactly("serveAttach box stdin=false stdout=true stderr=true");
  }

  @Test
  void replayStdinOnceAndDetachKeysReachTheMonitor() throws IOException {
    tool.terminal(new WindowSize(100, 30));
    tool.in = new PipedInputStream(new PipedOutputStream());
    int code =
        run(
            side -> CommandEnd.succeed(side),
            "attach",
            "-it",
            "--replay",
            "4096",
            "--stdin-once",
            "--detach-keys=ctrl-@",
            "box");
    assertThat(code).isZero();
    assertThat(fake.requests())
        .containsExactly(
            "serveAttach box stdin=true stdout=true stderr=true replay=4096 once=true"
                + " detach=ctrl-@");
  }

  @Test
  void aNegativeReplayIsRefused() {
    assertThat(tool.run("attach", "--replay=-1", "box")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: replay of -1 bytes\n");
  }

  @Test
  void passesInputOnAndItsEnd() throws IOException {
    tool.input("typed");
    int code =
        run(
            side -> {
              side.message(1, side.readMessage().text());
              assertThat(side.readMessage().payload()).containsExactly(255, 0);
              CommandEnd.succeed(side);
            },
            "attach",
            "-i",
            "box");
    assertThat(code).isZero();
    assertThat(tool.out()).isEqualTo("typed");
    assertThat(fake.requests())
        .containsExactly("serveAttach box stdin=true stdout=true stderr=true");
  }

  @Test
  void theTerminalIsRawWhileAttachedAndItsSizeIsTold() throws IOException {
    List<String> sizes = new CopyOnWriteArrayList<>();
    tool.terminal(new WindowSize(100, 30));
    tool.in = new PipedInputStream(new PipedOutputStream());
    int code =
        run(
            side -> {
              sizes.add(side.readMessage().text());
              CommandEnd.succeed(side);
            },
            "attach",
            "-it",
            "box");
    assertThat(code).isZero();
    assertThat(sizes).containsExactly("{\"Width\":100,\"Height\":30}");
    assertThat(tool.terminalEvents).containsExactly("raw", "restored");
  }

  @Test
  void whoOnlyWatchesKeepsTheKeysToDetachWith() throws IOException {
    tool.terminal(new WindowSize(100, 30));
    assertThat(run(side -> CommandEnd.succeed(side), "attach", "-t", "box")).isZero();
    assertThat(tool.terminalEvents).containsExactly("restored");
  }

  @Test
  void anAttachmentThatIsEndedIsToldWhy() throws IOException {
    int code =
        run(
            side -> CommandEnd.finish(side, "{\"status\":\"Failure\",\"message\":\"ended\"}"),
            "attach",
            "box");
    assertThat(code).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).isEqualTo("error: attach to container box: ended\n");
  }

  @Test
  void aConnectionThatIsCutIsNotSuccess() throws IOException {
    assertThat(run(side -> side.message(1, "almost"), "attach", "box")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.out()).isEqualTo("almost");
    assertThat(tool.err()).startsWith("error: the session ended without a status: ");
  }

  @Test
  void aContainerThatIsNotThereIsToldAndTheTerminalRestored() {
    tool.terminal(new WindowSize(100, 30));
    fake.failWith("child not available");
    assertThat(tool.run("attach", "-it", "box")).isEqualTo(ExitCodes.FAILED);
    assertThat(tool.err()).endsWith(": child not available\n");
    assertThat(tool.terminalEvents).endsWith("restored");
  }
}
