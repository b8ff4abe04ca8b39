package io.conmonj.monitor.holder;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests whose answers are not waited for one by one: what was asked, and which of it was
 * refused, until all of them are answered. To note a refusal takes no memory. Threads as for {@link
 * Exchange}.
 */
final class ToldRequests {
  private final List<Told> all = new ArrayList<>();

  /** One of them; its errno is 0 unless it was refused. */
  private static final class Told {
    private final int kind;
    private final int sequence;
    private final String what;
    private final String subject;
    private int errno;

    Told(int kind, int sequence, String what, String subject) {
      this.kind = kind;
      this.sequence = sequence;
      this.what = what;
      this.subject = subject;
    }
  }

  /**
   * One that was refused.
   *
   * @param kind of {@link Protocol}
   * @param why the errno, and what it was
   */
  record Refused(int kind, KernelException why) {}

  /** Forgets those of a batch that was not sent to its end. */
  void clear() {
    all.clear();
  }

  /** Takes note of one that is about to be sent. */
  void add(int kind, int sequence, String what, String subject) {
    all.add(new Told(kind, sequence, what, subject));
  }

  /** One of them, if it is one, was answered with an errno. */
  void refused(int sequence, int errno) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).sequence == sequence) {
        all.get(i).errno = errno;
      }
    }
  }

  /**
   * Those that were refused, in their order, but for withdrawals of what was not there. All are
   * answered by now.
   */
  List<Refused> take() {
    List<Refused> refused = new ArrayList<>();
    for (Told each : all) {
      boolean wasNotThere = each.kind == Protocol.WITHDRAW && each.errno == Errno.ENOENT;
      if (each.errno != 0 && !wasNotThere) {
        refused.add(
            new Refused(each.kind, new KernelException(each.errno, each.what, each.subject)));
      }
    }
    clear();
    return refused;
  }
}
