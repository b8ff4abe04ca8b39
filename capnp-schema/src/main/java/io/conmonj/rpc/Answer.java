package io.conmonj.rpc;

import java.util.ArrayList;
import java.util.List;
import org.capnproto.AnyPointer;
import org.capnproto.DecodeException;

/**
 * What becomes of a question of the other side: kept from its arrival until it is both returned and
 * finished, so that calls can be made on what it answers.
 */
final class Answer {

  private static final int[] NO_EXPORTS = {};

  private record Waiting(IncomingCall call, PointerPath path) {}

  private final int questionId;
  private boolean returned;
  private IncomingCall call;
  private AnyPointer.Reader content;
  private int[] exports = NO_EXPORTS;
  private List<Waiting> waiting = List.of();

  Answer(int questionId) {
    this.questionId = questionId;
  }

  int questionId() {
    return questionId;
  }

  boolean returned() {
    return returned;
  }

  /** Names the call to tell when the other side gives up the question. */
  void servedBy(IncomingCall incoming) {
    call = incoming;
  }

  /** The call that serves the question, or {@code null} if none does or it is returned. */
  IncomingCall call() {
    return call;
  }

  /** What to take back from the export table should the other side finish without keeping it. */
  int[] exports() {
    return exports;
  }

  /** Keeps a call on what is answered here until it is known. */
  void await(IncomingCall pipelined, PointerPath path) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(new Waiting(pipelined, path));
  }

  /**
   * Notes that the question has been answered, and delivers what waited for it.
   *
   * @param results what was answered; {@code null} if nothing that can be called
   * @param exportIds the export ids of the capabilities in it
   */
  void resolve(AnyPointer.Reader results, int[] exportIds, ExportTable table) {
    returned = true;
    call = null;
    content = results;
    exports = exportIds;
    List<Waiting> delayed = waiting;
    waiting = List.of();
    for (Waiting each : delayed) {
      each.call.deliver(find(each.path, table));
    }
  }

  /**
   * The object that {@code path} leads to in a returned answer, or {@code null} if there is none.
   */
  CallHandler find(PointerPath path, ExportTable table) {
    if (content == null) {
      return null;
    }
    try {
      int index = CapabilityPointer.read(path.follow(content));
      return index >= 0 && index < exports.length ? table.find(exports[index]) : null;
    } catch (DecodeException notAStruct) {
      return null;
    }
  }
}
