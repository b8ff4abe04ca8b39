package io.conmonj.streaming.fuzz;

import io.conmonj.streaming.spdy.SpdyUpgrade;
import io.conmonj.streaming.upgrade.UpgradeAnswer;
import java.nio.charset.StandardCharsets;

/** A session over SPDY. */
final class SpdySession extends FuzzedSession {
  private final boolean forwards;
  private final SpdyScript script;
  private String protocol;

  SpdySession(byte[] bytes, int chunk) {
    super(bytes, chunk);
    this.forwards = input.flag();
    this.script = new SpdyScript(input, forwards);
  }

  @Override
  UpgradeAnswer.Accepted accept() {
    SpdyUpgrade upgrade = new SpdyUpgrade(factory(), LIMITS);
    protocol =
        forwards
            ? "portforward.k8s.io"
            : input.one(
                "v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");
    var request =
        request(
            "Connection", "Upgrade", "Upgrade", "SPDY/3.1", "X-Stream-Protocol-Version", protocol);
    return (UpgradeAnswer.Accepted)
        (forwards ? upgrade.answer(request, ports()) : upgrade.answer(request, command()));
  }

  @Override
  byte[] nextOfClient() {
    return script.next();
  }

  @Override
  void checkStreams(byte[] fromServer) {
    SpdyAnswers answers = new SpdyAnswers(fromServer, script.spoilt, check);
    script.close();
    if (script.isUnclear) {
      return;
    }
    if (forwards) {
      SpdyForwards.check(script, answers, pod, client.isOpen(), check);
    } else if (pod.command != null) {
      checkCommand(answers);
    }
  }

  private void checkCommand(SpdyAnswers answers) {
    ScriptedCommand command = pod.command;
    boolean isThere = client.isOpen() && command.isConnected();
    for (int stream : answers.accepted) {
      String type = script.types.get(stream);
      byte[] sent = script.sent.get(stream).toByteArray();
      byte[] came = answers.data(stream);
      boolean whole = client.isOpen() && answers.isWhole(stream);
      switch (type) {
        case "stdin" -> {
          boolean all = isThere && command.takesAll();
          check.delivered(sent, command.stdin.toByteArray(), all, "stdin");
          check.that(
              !all || command.stdinEnded == script.ended.contains(stream), "the end of stdin");
        }
        case "stdout" -> check.delivered(command.stdout.written.toByteArray(), came, whole, type);
        case "stderr" -> check.delivered(command.stderr.written.toByteArray(), came, whole, type);
        case "error" ->
            checkStatus(
                new String(came, StandardCharsets.UTF_8),
                whole,
                endedByServer || answers.breaksOff);
        default -> check.that(came.length == 0, "output on stream " + type);
      }
    }
  }

  private void checkStatus(String status, boolean whole, boolean mayBeCutOff) {
    ScriptedCommand command = pod.command;
    if (command.tellsOutcome && whole) {
      Status.check(command.outcome, status, protocol.startsWith("v4"), check);
    } else if (!command.tellsOutcome) {
      check.that(!status.contains("Success"), "success is told of a command that has not ended");
      check.that(status.isEmpty() || mayBeCutOff, "the end of a command that goes on is told");
    }
  }
}
