package io.conmonj.it.soak;

import java.util.random.RandomGenerator;

/**
 * One session, before it begins.
 *
 * @param number of the session, for messages
 * @param seed of what else it needs to decide
 */
record Plan(int number, Kind kind, SoakProtocol protocol, Stage stage, Leaving leaving, long seed) {
  static Plan any(int number, RandomGenerator random) {
    Kind kind = Kind.any(random);
    return new Plan(
        number,
        kind,
        SoakProtocol.any(kind, random),
        Stage.any(random),
        Leaving.any(random),
        random.nextLong());
  }

  /** Whether the OCI runtime is called for it. */
  boolean runsCommand() {
    Stage first =
        protocol.transport() == SoakProtocol.Transport.WEB_SOCKET ? Stage.UPGRADE : Stage.INPUT;
    return kind == Kind.EXEC && stage.reaches(first);
  }
}
