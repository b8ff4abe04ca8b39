package io.conmonj.streaming.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.fuzz.Check;
import io.conmonj.streaming.fuzz.MemoryChannel;
import io.conmonj.streaming.fuzz.MemoryLoop;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.session.SessionFactory;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A new connection of a server that has issued three URLs, and what comes on it. */
final class FuzzedRequest implements StreamingBackend {
  private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\n";
  private static final String REFUSED = "HTTP/1.1 4";
  private static final StreamingLimits LIMITS = StreamingLimits.DEFAULT;

  private final Check check = new Check();
  private final MemoryLoop loop = new MemoryLoop();
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  private final MemoryChannel client = new MemoryChannel(loop, memory, check);
  private final LiveSessions sessions = new LiveSessions();
  private final List<CompletableFuture<Outcome>> commands = new ArrayList<>();
  private final Connections connections;
  private final byte[] bytes;

  /**
   * @param input what comes, with {@code $e}, {@code $a} and {@code $p} in its first line for the
   *     tokens of an exec, an attach and a port-forward session
   */
  FuzzedRequest(byte[] input) {
    Tokens tokens =
        new Tokens(3, MemoryAccount.open("requests", 1 << 20, loop), Long.MAX_VALUE, () -> 0);
    SessionFactory factory =
        new SessionFactory(
            loop,
            LIMITS,
            this,
            sessions,
            MemoryAccount.open("compression", 1 << 20, loop),
            MemoryAccount.open("pairs", 1 << 20, loop));
    Requests requests = new Requests(StreamingConfig.DEFAULT, tokens, factory);
    connections = new Connections(requests, MemoryAccount.open("sessions", 1 << 24, loop), LIMITS);
    String text = new String(input, ISO_8859_1);
    int end = text.indexOf('\n') + 1;
    String line = text.substring(0, end);
    try {
      line =
          line.replace(
                  "$e", tokens.issue(new ExecRequest("c1", List.of("command"), TestServer.ALL)))
              .replace("$a", tokens.issue(new AttachRequest("c1", TestServer.TERMINAL)))
              .replace("$p", tokens.issue(new PortForwardRequest("pod1", List.of(80))));
    } catch (TooManyTokensException e) {
      throw new IllegalStateException(e);
    }
    text = line + text.substring(end);
    bytes = text.getBytes(ISO_8859_1);
  }

  /** Sends it in chunks; returns the answer, up to its end when it is a refusal. */
  String answer(int chunk) {
    client.pipeline().addLast(connections);
    for (int at = 0; at < bytes.length; at += chunk) {
      client.receive(bytes, at, Math.min(chunk, bytes.length - at));
    }
    String answer = new String(client.taken(), ISO_8859_1);
    int end = answer.indexOf("\r\n\r\n") + 4;
    if (answer.startsWith(REFUSED)) {
      checkRefusal(answer, answer.substring(end));
    } else if (answer.isEmpty()) {
      check.that(commands.isEmpty(), "a session without an answer");
      loop.pass(LIMITS.headerTimeout().toSeconds());
      check.that(!client.isOpen(), "a request is waited for without an end");
    } else {
      check.that(answer.startsWith(UPGRADED), "the answer is " + answer);
      answer = answer.substring(0, end);
    }
    leave();
    check.rethrow();
    return answer;
  }

  /** Whether its request line is as long as one may be. */
  boolean hasLongestLine() {
    String text = new String(bytes, ISO_8859_1).stripLeading();
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    int length = line.endsWith("\r") ? line.length() - 1 : line.length();
    return length == Connections.MAX_REQUEST_LINE;
  }

  private void checkRefusal(String answer, String body) {
    check.that(commands.isEmpty(), "a session that was refused");
    check.that(answer.contains("\r\nconnection: close\r\n"), "the end is not told: " + answer);
    boolean whole = answer.contains("\r\ncontent-length: " + body.length() + "\r\n");
    // The answer to HEAD has the length of the body that GET would get, and none.
    boolean isHead = body.isEmpty() && new String(bytes, ISO_8859_1).contains("HEAD ");
    check.that(whole || isHead, "the length is wrong: " + answer);
    check.that(client.isOutputShutdown(), "the connection is not ended after " + answer);
  }

  private void leave() {
    client.cut(false);
    for (CompletableFuture<Outcome> command : commands) {
      command.complete(new Outcome.Exited(0));
    }
    loop.runNow();
    check.that(commands.size() <= 1, "two sessions on one connection");
    check.that(sessions.list().isEmpty(), "a session that has ended is still listed");
    check.that(connections.count() == 0, "a connection that is closed is still counted");
    check.that(!loop.hasTimers(), "a timer is left");
    check.that(memory.metric().usedHeapMemory() == 0, "memory is lost");
    check.that(memory.metric().usedDirectMemory() == 0, "memory is lost");
  }

  @Override
  public CompletableFuture<Outcome> exec(ExecRequest request, SessionStreams streams) {
    return run();
  }

  @Override
  public CompletableFuture<Outcome> attach(AttachRequest request, SessionStreams streams) {
    return run();
  }

  private CompletableFuture<Outcome> run() {
    CompletableFuture<Outcome> command = new CompletableFuture<>();
    commands.add(command);
    return command;
  }
}
