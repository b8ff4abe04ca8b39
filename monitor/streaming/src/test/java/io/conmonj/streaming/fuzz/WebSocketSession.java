package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import io.conmonj.streaming.websocket.WebSocketUpgrade;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A session over a WebSocket, of any subprotocol but that of the tunnel. */
final class WebSocketSession extends FuzzedSession {
  private final boolean forwards;
  private final String protocol;
  private final WebSocketScript script;

  WebSocketSession(byte[] bytes, int chunk) {
    super(bytes, chunk);
    this.forwards = input.next(4) == 3;
    this.protocol =
        forwards
            ? input.one("v4.channel.k8s.io", "v4.base64.channel.k8s.io", "")
            : input.one(
                "v5.channel.k8s.io",
                "v4.channel.k8s.io",
                "v4.base64.channel.k8s.io",
                "channel.k8s.io",
                "base64.channel.k8s.io",
                "");
    this.script =
        new WebSocketScript(input, protocol.contains("base64"), protocol.startsWith("v5"));
  }

  @Override
  UpgradeAnswer.Accepted accept() {
    var upgrade = new WebSocketUpgrade(factory(), new SpdyUpgrade(factory(), LIMITS), LIMITS);
    var request = webSocketRequest(protocol);
    return (UpgradeAnswer.Accepted)
        (forwards ? upgrade.answer(request, ports()) : upgrade.answer(request, command()));
  }

  @Override
  byte[] nextOfClient() {
    return script.next();
  }

  /** A piece of base64 is passed on when the next one shows that it goes on well. */
  @Override
  boolean comesInPieces() {
    return protocol.contains("base64") && script.isUnclear;
  }

  @Override
  byte[] comparable(byte[] fromServer) {
    return answers(fromServer).withoutPongs.toByteArray();
  }

  @Override
  void checkStreams(byte[] fromServer) {
    WebSocketAnswers answers = answers(fromServer);
    boolean isThere = client.isOpen() && !answers.closes;
    if (pod.command != null) {
      checkCommand(answers, isThere);
    }
    for (int i = 0; i < pod.targets.size(); i++) {
      checkTarget(2 * i, pod.targets.get(i), answers, isThere);
    }
  }

  private void checkCommand(WebSocketAnswers answers, boolean isThere) {
    ScriptedCommand command = pod.command;
    if (!script.isUnclear) {
      boolean all = isThere && command.isConnected() && command.takesAll();
      check.delivered(sent(0), command.stdin.toByteArray(), all, "stdin");
      check.that(!all || command.stdinEnded == script.ended.contains(0), "the end of stdin");
    }
    boolean whole = client.isOpen();
    check.delivered(command.stdout.written.toByteArray(), answers.data(1), whole, "stdout");
    check.delivered(command.stderr.written.toByteArray(), answers.data(2), whole, "stderr");
    String status = new String(answers.data(3), StandardCharsets.UTF_8);
    if (!command.tellsOutcome) {
      check.that(!status.contains("Success"), "success is told of a command that has not ended");
      check.that(status.isEmpty() || endedByServer, "the end of a command that goes on is told");
    } else if (whole) {
      boolean json = protocol.startsWith("v5") || protocol.startsWith("v4");
      Status.check(command.outcome, status, json, check);
    }
  }

  private void checkTarget(
      int channel, ScriptedTarget target, WebSocketAnswers answers, boolean isThere) {
    boolean goesOn = isThere && target.isOpen() && target.keepsOn && !target.channel.isShutdown();
    if (!script.isUnclear) {
      check.delivered(sent(channel), target.channel.taken(), goesOn, "to a target");
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.write(target.port);
    sent.write(target.port >> Byte.SIZE);
    sent.writeBytes(target.sent.toByteArray());
    check.delivered(sent.toByteArray(), answers.data(channel), goesOn, "from a target");
    byte[] error = answers.data(channel + 1);
    byte[] port = Arrays.copyOf(sent.toByteArray(), 2);
    check.that(!goesOn || Arrays.equals(port, error), "the error of a target without one");
  }

  private WebSocketAnswers answers(byte[] fromServer) {
    return new WebSocketAnswers(fromServer, protocol.contains("base64"), check);
  }

  private byte[] sent(int channel) {
    ByteArrayOutputStream sent = script.sent.get(channel);
    return sent == null ? new byte[0] : sent.toByteArray();
  }
}
