package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.Arrays;
import org.capnproto.AnyPointer;
import org.capnproto.StructList;

/**
 * Names a pointer in an answer that has not come yet: pointer number so-and-so of the answer's
 * struct, then of the struct that this one leads to, and so on.
 */
final class PointerPath {

  /** Deeper than any answer that the nesting limit would let through. */
  private static final int MAX_STEPS = 64;

  private final int[] steps;

  PointerPath(int... steps) {
    this.steps = steps.clone();
  }

  /** Reads a path off the wire. */
  static PointerPath read(Rpc.PromisedAnswer.Reader promised) {
    StructList.Reader<Rpc.PromisedAnswer.Op.Reader> ops = promised.getTransform();
    if (ops.size() > MAX_STEPS) {
      throw new ProtocolException("promised answer has " + ops.size() + " steps");
    }
    int[] steps = new int[ops.size()];
    int count = 0;
    for (Rpc.PromisedAnswer.Op.Reader op : ops) {
      switch (op.which()) {
        case Rpc.PromisedAnswer.Op.NOOP -> {}
        case Rpc.PromisedAnswer.Op.GET_POINTER_FIELD -> steps[count++] = op.getGetPointerField();
        default -> throw new ProtocolException("promised answer has unknown step " + op.which());
      }
    }
    return new PointerPath(Arrays.copyOf(steps, count));
  }

  /** Writes the path. */
  void write(Rpc.PromisedAnswer.Builder promised) {
    var transform = promised.initTransform(steps.length);
    for (int i = 0; i < steps.length; i++) {
      transform.get(i).setGetPointerField(steps[i]);
    }
  }

  /** The pointer that the path leads to from {@code root}. */
  AnyPointer.Reader follow(AnyPointer.Reader root) {
    AnyPointer.Reader pointer = root;
    for (int step : steps) {
      pointer = pointer.getAs(AnyStruct.FACTORY).pointer(step);
    }
    return pointer;
  }
}
