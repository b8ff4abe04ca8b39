package io.conmonj.it.soak;

import java.util.random.RandomGenerator;

/** What a session is for. An exec costs a run of the OCI runtime, so there are fewer of them. */
enum Kind {
  EXEC,
  ATTACH,
  PORT_FORWARD;

  private static final int ALL = 100;
  private static final int EXECS = 26;
  private static final int ATTACHES = 30;

  static Kind any(RandomGenerator random) {
    int at = random.nextInt(ALL);
    if (at < EXECS) {
      return EXEC;
    }
    return at < EXECS + ATTACHES ? ATTACH : PORT_FORWARD;
  }
}
