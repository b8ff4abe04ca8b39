package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The serving half of a connection: the other side's questions and their answers. */
final class CallTable {

  private final Outbound outbound;
  private final ExportTable exports;
  private final RpcLimits limits;
  private final RunningCalls running;
  private final Map<Integer, Answer> answers = new HashMap<>();

  CallTable(Outbound outbound, ExportTable exports, RpcLimits limits) {
    this.outbound = outbound;
    this.exports = exports;
    this.limits = limits;
    this.running = new RunningCalls(limits);
  }

  void bootstrap(Rpc.Bootstrap.Reader bootstrap) {
    add(bootstrap.getQuestionId()).sendBootstrap();
  }

  /** Takes a call whose message has {@code bytes} bytes. */
  void call(Rpc.Call.Reader call, int bytes) {
    Answer answer = add(call.getQuestionId());
    ParamCapabilities capabilities =
        ParamCapabilities.read(call.getParams(), outbound, limits.capabilities());
    ServedCall incoming = new ServedCall(answer, running, call, capabilities, bytes);
    answer.servedBy(incoming);
    running.begin(bytes);
    if (running.tooMany()) {
      incoming.fail(FaultKind.OVERLOADED, "too many calls at a time on this connection");
      return;
    }
    Rpc.MessageTarget.Reader target = call.getTarget();
    switch (target.which()) {
      case Rpc.MessageTarget.IMPORTED_CAP ->
          incoming.deliver(exports.find(target.getImportedCap()));
      case Rpc.MessageTarget.PROMISED_ANSWER -> pipeline(incoming, target.getPromisedAnswer());
      default -> incoming.fail(FaultKind.UNIMPLEMENTED, "unknown kind of call target");
    }
  }

  private void pipeline(ServedCall incoming, Rpc.PromisedAnswer.Reader promised) {
    PointerPath path = PointerPath.read(promised);
    Answer on = answers.get(promised.getQuestionId());
    if (on == null || on.call() == incoming) {
      incoming.fail(FaultKind.FAILED, "call on the answer to a question that is not open");
    } else if (on.returned()) {
      incoming.deliver(on.find(path));
    } else {
      on.await(incoming, path);
    }
  }

  /** Takes note that the other side needs an answer no more; one that is not open is no error. */
  void finish(Rpc.Finish.Reader finish) {
    Answer answer = answers.remove(finish.getQuestionId());
    if (answer == null) {
      return;
    }
    if (answer.returned()) {
      if (finish.getReleaseResultCaps()) {
        for (int id : answer.exports()) {
          exports.release(id);
        }
      }
      return;
    }
    ServedCall call = answer.call();
    answer.sendCanceled();
    call.cancel();
  }

  /** Whether nothing is being served, and the other side is done with all answers. */
  boolean isIdle() {
    return answers.isEmpty() && running.isEmpty();
  }

  /** The connection is gone, and with it all who asked. */
  void disconnected() {
    List<Answer> open = new ArrayList<>(answers.values());
    answers.clear();
    for (Answer answer : open) {
      ServedCall call = answer.call();
      if (call != null) {
        call.cancel();
      }
    }
  }

  private Answer add(int questionId) {
    if (answers.size() >= limits.answers()) {
      throw new ProtocolException("more than " + limits.answers() + " questions not finished");
    }
    Answer answer = new Answer(questionId, outbound, exports);
    if (answers.putIfAbsent(questionId, answer) != null) {
      throw new ProtocolException("question " + questionId + " asked while it is open");
    }
    return answer;
  }
}
