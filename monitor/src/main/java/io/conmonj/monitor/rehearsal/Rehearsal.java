package io.conmonj.monitor.rehearsal;

import io.conmonj.kernel.ProcessMemory;
import io.conmonj.kernel.Reason;
import io.conmonj.monitor.journal.Journal;
import io.conmonj.rpc.CallHandler;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A streaming server of a worker that is to take the place of another goes on with clients, whose
 * input and output have waited, and is slow: each of its classes is loaded for the first time, and
 * none of it is compiled. So it is done once before, while the other worker serves and nobody
 * waits: a few make-believe clients, one for each protocol in use, get what they send back from one
 * server and then from another that goes on with them. All of that is its own, on a loop of its
 * own, and nothing of it is left.
 *
 * <p>That shows, too, whether this worker can serve at all. So a call is made and answered first,
 * and a line is read as those of containers are, also where there are no sessions: a make-believe
 * client that is not served tells why real ones would not be. What the kernel refuses, or a busy
 * machine has no time for, tells nothing.
 */
public final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  private Rehearsal() {}

  /**
   * Does all of it, on a thread that has no loop now; takes some tenths of a second where there are
   * sessions. Called before anybody else is told of errors that are logged.
   *
   * @param programme of the other worker, see {@link Programme}; empty for no sessions
   * @param control what serves calls; knows {@code version}
   * @return why this worker cannot serve, in words for an operator; empty when it can, or when that
   *     was not found out
   */
  public static Optional<String> perform(String programme, CallHandler control) {
    Optional<String> reason;
    try (Stage stage = new Stage()) {
      Journal.ofProgram().onError(stage);
      reason = perform(stage, programme, control);
    } catch (RuntimeException | Error failed) {
      reason = Optional.of(words(failed));
    }
    // After calls alone there is little to collect.
    if (!programme.isEmpty()) {
      System.gc();
      ProcessMemory.trim();
    }
    return reason;
  }

  static Optional<String> perform(Stage stage, String programme, CallHandler control) {
    try {
      play(stage, programme, control);
      return Optional.empty();
    } catch (IOException refused) {
      LOG.debug("no rehearsal to the end", refused);
      return Optional.ofNullable(stage.error()).map(Rehearsal::words);
    } catch (NotServedException | RuntimeException | Error failed) {
      // What was met first has led to that.
      return Optional.of(words(stage.error() == null ? failed : stage.error()));
    }
  }

  /**
   * Does all of it.
   *
   * @throws NotServedException when somebody was not served, as any {@link Error}
   * @throws IOException when this machine does not let it come to its end
   */
  static void play(Stage stage, String programme, CallHandler control)
      throws IOException, NotServedException {
    try (RehearsedCall call = new RehearsedCall(stage.loop().netty(), control)) {
      stage.await(call.make());
    }
    try (RehearsedOutput output = new RehearsedOutput(stage.loop())) {
      stage.await(output.pass(), output, "read what a container writes");
    }
    if (!programme.isEmpty()) {
      try (RehearsedSessions sessions = new RehearsedSessions(stage)) {
        sessions.play(programme);
      }
    }
  }

  private static String words(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "no memory: " + Reason.of(failure);
    }
    return failure instanceof NotServedException ? Reason.of(failure) : failure.toString();
  }
}
