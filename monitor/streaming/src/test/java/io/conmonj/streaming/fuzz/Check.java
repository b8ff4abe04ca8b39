package io.conmonj.streaming.fuzz;

import java.util.Arrays;

/**
 * What must hold whatever a client does. The first that does not is kept, since who calls may take
 * the exception for one of its own.
 */
public final class Check {
  private AssertionError first;

  public void that(boolean holds, String otherwise) {
    if (!holds) {
      AssertionError failure = new AssertionError(otherwise);
      if (first == null) {
        first = failure;
      }
      throw failure;
    }
  }

  /** That bytes which were sent have come, all of them or up to some place. */
  void delivered(byte[] sent, byte[] came, boolean all, String what) {
    boolean inOrder =
        came.length <= sent.length && Arrays.equals(sent, 0, came.length, came, 0, came.length);
    that(inOrder, what + ": other bytes came than were sent");
    that(
        !all || came.length == sent.length,
        what + ": " + came.length + " bytes of " + sent.length + " came");
  }

  public void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
