package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.capnproto.AnyPointer;

/** The serving half of a connection: the other side's questions and what became of them. */
final class CallTable {

  private static final int[] NO_EXPORTS = {};

  private final RpcConnection connection;
  private final ExportTable exports;
  private final RpcLimits limits;
  private final Map<Integer, Answer> answers = new HashMap<>();
  private int running;
  private long runningBytes;

  CallTable(RpcConnection connection, ExportTable exports) {
    this.connection = connection;
    this.exports = exports;
    this.limits = connection.limits();
  }

  RpcConnection connection() {
    return connection;
  }

  void bootstrap(Rpc.Bootstrap.Reader bootstrap) {
    Answer answer = add(bootstrap.getQuestionId());
    OutgoingMessage message = connection.newMessage();
    Rpc.Payload.Builder payload = initReturn(message, answer).initResults();
    CapabilityPointer.write(payload.initContent(), 0);
    int id = ExportTable.BOOTSTRAP;
    payload.initCapTable(1).get(0).setSenderHosted(id);
    AnyPointer.Reader content = message.copyOfReturnedContent();
    connection.send(message);
    answer.resolve(content, new int[] {id}, exports);
  }

  void call(Rpc.Call.Reader call, int bytes) {
    Answer answer = add(call.getQuestionId());
    IncomingCall incoming = new IncomingCall(this, answer, call, bytes);
    answer.servedBy(incoming);
    running++;
    runningBytes += bytes;
    if (running > limits.calls() || runningBytes > limits.callBytes()) {
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

  private void pipeline(IncomingCall incoming, Rpc.PromisedAnswer.Reader promised) {
    PointerPath path = PointerPath.read(promised);
    Answer on = answers.get(promised.getQuestionId());
    if (on == null || on.call() == incoming) {
      incoming.fail(FaultKind.FAILED, "call on the answer to a question that is not open");
    } else if (on.returned()) {
      incoming.deliver(on.find(path, exports));
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
    IncomingCall call = answer.call();
    OutgoingMessage message = connection.newMessage();
    initReturn(message, answer).setCanceled();
    connection.send(message);
    answer.resolve(null, NO_EXPORTS, exports);
    call.cancel();
  }

  /** The connection is gone, and with it all who asked. */
  void disconnected() {
    List<Answer> open = new ArrayList<>(answers.values());
    answers.clear();
    for (Answer answer : open) {
      IncomingCall call = answer.call();
      if (call != null) {
        call.cancel();
      }
    }
  }

  PayloadWriter newResults(Answer answer) {
    OutgoingMessage message = connection.newMessage();
    return new PayloadWriter(message, initReturn(message, answer).initResults());
  }

  void sendResults(Answer answer, PayloadWriter results) {
    int[] ids = results.finish(exports);
    AnyPointer.Reader content = ids.length == 0 ? null : results.message().copyOfReturnedContent();
    connection.send(results.message());
    answer.resolve(content, ids, exports);
  }

  void sendException(Answer answer, FaultKind kind, String reason) {
    OutgoingMessage message = connection.newMessage();
    Rpc.Exception.Builder exception = initReturn(message, answer).initException();
    exception.setType(kind.toWire());
    exception.setReason(reason);
    connection.send(message);
    answer.resolve(null, NO_EXPORTS, exports);
  }

  void ended(IncomingCall call) {
    running--;
    runningBytes -= call.bytes();
  }

  private Answer add(int questionId) {
    if (answers.size() >= limits.answers()) {
      throw new ProtocolException("more than " + limits.answers() + " questions not finished");
    }
    Answer answer = new Answer(questionId);
    if (answers.putIfAbsent(questionId, answer) != null) {
      throw new ProtocolException("question " + questionId + " asked while it is open");
    }
    return answer;
  }

  private static Rpc.Return.Builder initReturn(OutgoingMessage message, Answer answer) {
    Rpc.Return.Builder builder = message.root().initReturn();
    builder.setAnswerId(answer.questionId());
    builder.setReleaseParamCaps(false);
    return builder;
  }
}
