package io.conmonj.monitor.control;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.journal.LogField;
import io.conmonj.rpc.FaultKind;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.streaming.Completion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a failure is told to the caller: as conmon-rs does, the whole chain of causes in one line.
 */
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final String JOIN = ": ";

  private Failure() {}

  /** Ends a call as failed. */
  static void tell(IncomingCall call, Throwable failure) {
    String text = text(failure);
    LOG.info("call of {} failed: {}", MethodName.of(call), text);
    call.fail(FaultKind.FAILED, text);
  }

  /** Ends a call as failed that was about the container of this id. */
  static void tell(IncomingCall call, String container, Throwable failure) {
    String text = text(failure);
    LOG.atInfo()
        .addKeyValue(LogField.CONTAINER, container)
        .log("call of {} for container {} failed: {}", MethodName.of(call), container, text);
    call.fail(FaultKind.FAILED, text);
  }

  /** The messages of a failure and its causes; one that is part of the text already is left out. */
  static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable each = Completion.cause(failure);
    while (each != null) {
      String message =
          each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
      if (text.indexOf(message) < 0 && !(each instanceof KernelException k && tells(text, k))) {
        text.append(text.isEmpty() ? "" : JOIN).append(message);
      }
      each = each.getCause() == null ? null : Completion.cause(each.getCause());
    }
    return text.toString();
  }

  /** Whether a text ends with the reason of a system call: it was put around that call. */
  private static boolean tells(StringBuilder text, KernelException call) {
    String reason = Errno.describe(call.errno());
    int at = text.length() - reason.length();
    return at >= 0 && text.indexOf(reason, at) == at;
  }
}
