package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.MemoryLimits;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.PortForwardLimits;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionInfo;
import io.conmonj.streaming.SessionLimits;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.live.LiveSessions;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.session.SessionFactory;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An upgraded connection from its beginning to its end, with all around it in memory and under the
 * fuzzer's control: what the client sends, when it reads and when it goes, what the command or the
 * ports do, and the time. It is held to the promises that do not depend on the protocol: nothing is
 * thrown, every byte arrives or nothing behind it does, the command hears of its client's end, and
 * nothing is left behind.
 */
abstract class FuzzedSession {
  /** Small, so that reaching one is common. */
  static final StreamingLimits LIMITS =
      new StreamingLimits(
          Duration.ofSeconds(60),
          10,
          Duration.ofSeconds(10),
          10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          4096,
          1024,
          4096,
          new PortForwardLimits(4096, Duration.ofSeconds(10)),
          SessionLimits.DEFAULT,
          MemoryLimits.DEFAULT);

  /** Chunks of a long frame, at most: single bytes of all would take too long. */
  private static final int MAX_CHUNKS = 200;

  private static final int MAX_TEXT = 256;

  final FuzzInput input;
  final Check check = new Check();
  final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  final LiveSessions sessions = new LiveSessions();
  final MemoryLoop loop = new MemoryLoop();
  final MemoryChannel client = new MemoryChannel(loop, memory, check);
  final ScriptedPod pod;

  /** Whether the server, not the command, may have ended the session. */
  boolean endedByServer;

  private final int chunk;
  private boolean timePassed;

  /**
   * @param bytes of the fuzzer
   * @param chunk how many of the client's bytes come at a time
   */
  FuzzedSession(byte[] bytes, int chunk) {
    this.input = new FuzzInput(bytes);
    this.chunk = chunk;
    this.pod = new ScriptedPod(loop, memory, input.next(), check);
    client
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(LIMITS.outputLow(), LIMITS.outputHigh()));
  }

  /** Accepts the session that the fuzzer wants. */
  abstract UpgradeAnswer.Accepted accept();

  final SessionFactory factory() {
    return new SessionFactory(
        loop,
        LIMITS,
        pod,
        sessions,
        MemoryAccount.open("compression", 1 << 20, loop),
        MemoryAccount.open("pairs", 1 << 20, loop));
  }

  /** The next that the client sends. */
  abstract byte[] nextOfClient();

  /** The client has taken all; it is as the script left it, there or gone. */
  abstract void checkStreams(byte[] fromServer);

  /** Whether the chunks of what the client sends are to be seen in what the session passes on. */
  boolean comesInPieces() {
    return false;
  }

  /** What of the server's bytes must be the same whatever the chunks of the client's. */
  byte[] comparable(byte[] fromServer) {
    return fromServer;
  }

  /**
   * Plays it all.
   *
   * @return what was seen of it, that must be the same whatever the chunks; empty where it depends
   *     on more than that
   */
  final String play() {
    long before = used(UnpooledByteBufAllocator.DEFAULT.metric());
    client.pipeline().addLast(accept().handler());
    while (!input.isUsedUp()) {
      step();
      check.rethrow();
    }
    settle();
    checkStreams(client.taken());
    String seen = seen();
    leave();
    check.rethrow();
    check.that(used(memory.metric()) == 0, "memory is lost");
    check.that(
        used(UnpooledByteBufAllocator.DEFAULT.metric()) == before, "memory of messages is lost");
    return timePassed ? "" : seen;
  }

  final RemoteCommandRequest command() {
    int wanted = input.next();
    boolean stdout = (wanted & 2) != 0;
    Stdio stdio =
        new Stdio((wanted & 1) != 0 || !stdout, stdout, (wanted & 4) != 0, (wanted & 8) != 0);
    return (wanted & 16) == 0
        ? new ExecRequest("c1", List.of("command"), stdio)
        : new AttachRequest("c1", stdio);
  }

  final PortForwardRequest ports() {
    return new PortForwardRequest("pod1", List.of(80, 81, 80).subList(0, input.next(4)));
  }

  static FullHttpRequest webSocketRequest(String subprotocol) {
    FullHttpRequest request =
        request("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13");
    request.headers().add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    if (!subprotocol.isEmpty()) {
      request.headers().add("Sec-WebSocket-Protocol", subprotocol);
    }
    return request;
  }

  static FullHttpRequest request(String... headers) {
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    for (int i = 0; i < headers.length; i += 2) {
      request.headers().add(headers[i], headers[i + 1]);
    }
    return request;
  }

  private void step() {
    int what = input.next(32);
    if (what < 20) {
      send(nextOfClient());
    } else if (what < 28) {
      pod.step(input);
    } else if (what < 30) {
      client.setStalled(!client.isStalled());
    } else if (what == 30) {
      pass(input.one(1, 6, 11, 31, 61));
    } else {
      end(input.next(8));
    }
    loop.runNow();
  }

  private void send(byte[] bytes) {
    int length = Math.max(chunk, bytes.length / MAX_CHUNKS);
    for (int at = 0; at < bytes.length; at += length) {
      client.receive(bytes, at, Math.min(length, bytes.length - at));
    }
  }

  private void pass(int seconds) {
    timePassed = true;
    endedByServer = true;
    loop.pass(seconds);
  }

  private void end(int how) {
    switch (how) {
      case 0, 1 -> client.cut(how == 0);
      case 2 -> {
        endedByServer = true;
        sessions.endAll("the server is being closed");
      }
      case 3 -> {
        for (SessionInfo session : sessions.list()) {
          endedByServer = true;
          sessions.end(session.id(), "it takes too long");
        }
      }
      default -> {
        // Ends are rare.
      }
    }
  }

  private void settle() {
    client.setStalled(false);
    for (ScriptedTarget target : pod.targets) {
      target.channel.setStalled(false);
    }
    if (pod.command != null) {
      pod.command.drain();
    }
    check.rethrow();
  }

  private String seen() {
    StringBuilder seen = new StringBuilder();
    if (pod.command != null && !pod.command.pausesByItself() && !comesInPieces()) {
      seen.append("stdin ").append(text(pod.command.stdin.toByteArray()));
      seen.append(pod.command.stdinEnded ? " and its end " : " ").append(pod.command.sizes);
    }
    for (ScriptedTarget target : pod.targets) {
      seen.append(" target ").append(text(target.channel.taken()));
    }
    return seen + " client " + text(comparable(client.taken()));
  }

  private static String text(byte[] bytes) {
    return bytes.length <= MAX_TEXT
        ? HexFormat.of().formatHex(bytes)
        : bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
  }

  /** The client goes if it has not; then nothing may be left behind. */
  private void leave() {
    client.cut(false);
    if (pod.command != null) {
      pod.command.drain();
      check.that(pod.command.hasEndOfInput(), "the command waits for input of a client that left");
      pod.command.complete(new Outcome.Success());
    }
    for (ScriptedTarget target : pod.targets) {
      target.refuse();
    }
    loop.runNow();
    // The time that a target may take to read the last bytes.
    loop.pass(LIMITS.errorLinger().toSeconds());
    for (ScriptedTarget target : pod.targets) {
      check.that(!target.isOpen(), "a target is left open");
    }
    check.that(!loop.hasTimers(), "a timer is left");
    check.that(sessions.list().isEmpty(), "a session that has ended is still listed");
  }

  private static long used(ByteBufAllocatorMetric metric) {
    return metric.usedHeapMemory() + metric.usedDirectMemory();
  }
}
