package io.conmonj.streaming.fuzz;

/** Whether what was sent on the data streams of forwarded connections came out at their targets. */
final class SpdyForwards {
  private SpdyForwards() {}

  static void check(
      SpdyScript script, SpdyAnswers answers, ScriptedPod pod, boolean isOpen, Check check) {
    boolean isThere = isOpen && !answers.goesAway;
    for (ScriptedTarget target : pod.targets) {
      int stream = target.port - SpdyScript.FIRST_PORT;
      if (!"data".equals(script.types.get(stream)) || !answers.accepted.contains(stream)) {
        continue;
      }
      boolean goesOn = isThere && target.keepsOn && answers.isWhole(stream);
      byte[] sent = script.sent.get(stream).toByteArray();
      check.delivered(sent, target.channel.taken(), goesOn, "to a target");
      check.delivered(target.sent.toByteArray(), answers.data(stream), goesOn, "from a target");
      check.that(
          !goesOn || target.channel.isInputShutdown() == answers.ended.contains(stream),
          "the end of a target");
      check.that(
          !goesOn || target.channel.isOutputShutdown() == script.ended.contains(stream),
          "the end for a target");
    }
  }
}
