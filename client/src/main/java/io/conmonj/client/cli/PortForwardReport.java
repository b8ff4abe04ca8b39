package io.conmonj.client.cli;

import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForwardListener;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What is told of forwarded connections, in the words of kubectl. It is said by another thread than
 * the one that carries them, which must not wait for a terminal that is held up.
 */
final class PortForwardReport implements PortForwardListener {
  /** Lines that may wait for the terminal; what is more is not said. */
  private static final int MAX_LINES = 1000;

  private record Line(boolean isError, String text) {}

  private static final Line END = new Line(false, "");

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final Console console;

  PortForwardReport(Console console) {
    this.console = console;
  }

  @Override
  public void connected(ForwardedPort port) {
    say(new Line(false, "Handling connection for " + port.local().getPort()));
  }

  @Override
  public void failed(ForwardedPort port, String message) {
    say(
        new Line(
            true,
            "error: forward " + port.local().getPort() + " -> " + port.remote() + ": " + message));
  }

  private void say(Line line) {
    if (lines.size() < MAX_LINES) {
      lines.add(line);
    }
  }

  /** Ctrl-C was typed: ends {@link #printUntilEnd}. */
  void interrupted() {
    lines.add(END);
  }

  /**
   * Prints what is told, until the connections end or Ctrl-C is typed.
   *
   * @param ended the end of the connections
   * @throws IOException how they ended, or that nobody reads what is printed
   */
  @SuppressWarnings("ReferenceEquality") // No line of text is the end.
  void printUntilEnd(CompletableFuture<Void> ended) throws IOException {
    var _ = ended.whenComplete((_, _) -> lines.add(END));
    for (Line line = next(); line != END; line = next()) {
      if (line.isError()) {
        console.remark(line.text());
      } else {
        console.line(line.text());
      }
    }
    if (ended.isDone()) {
      Replies.await(ended);
    }
  }

  private Line next() throws IOException {
    try {
      return lines.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while forwarding ports");
    }
  }
}
