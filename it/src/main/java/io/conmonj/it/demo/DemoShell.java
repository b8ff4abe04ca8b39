package io.conmonj.it.demo;

import io.conmonj.client.model.RequestedStreams;
import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ClientLoop;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A shell in a container, as a person at a terminal uses it. */
final class DemoShell implements AutoCloseable {
  private final ByteArrayOutputStream screen;
  private final ContainerSession session;
  private int read;

  private DemoShell(ByteArrayOutputStream screen, ContainerSession session) {
    this.screen = screen;
    this.session = session;
  }

  static DemoShell open(ClientLoop loop, URI url, WindowSize size) throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    RequestedStreams streams = new RequestedStreams(true, true, false, true);
    ContainerSession session =
        Replies.await(
            ContainerSession.open(loop, url, streams, StreamOptions.terminal(screen, size)));
    return new DemoShell(screen, session);
  }

  /** Types a line, and waits for its echo and then for a line of output. */
  void type(String line, String output) throws IOException {
    send(line);
    Await.until(
        "'" + output + "' after '" + line + "'",
        () -> unread().contains(line + "\r\n") && unread().contains("\n" + output + "\r\n"));
    read = screen.size();
  }

  /** Types a line. */
  void send(String line) throws IOException {
    session.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void resize(WindowSize size) {
    session.resize(size);
  }

  /** Waits for the shell's end. */
  int exitCode() throws IOException {
    return switch (Replies.await(session.status())) {
      case ExecStatus.Exited exited -> exited.code();
      case ExecStatus.Failed failed -> throw new IOException(failed.message());
    };
  }

  /** Everything it has written, as text: the shell's questions to the terminal are left out. */
  String screen() {
    return screen
        .toString(StandardCharsets.UTF_8)
        .replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")
        .replace("\r", "")
        .strip();
  }

  private String unread() {
    return screen.toString(StandardCharsets.UTF_8).substring(read);
  }

  @Override
  public void close() {
    session.close();
  }
}
