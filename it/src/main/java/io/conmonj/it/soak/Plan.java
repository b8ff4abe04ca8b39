package io.conmonj.it.soak;

import io.conmonj.it.echo.ClientProtocol;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One session, before it begins.
 *
 * @param number of the session, for messages
 * @param seed of what else it needs to decide
 */
record Plan(
    int number, Kind kind, ClientProtocol protocol, Stage stage, Leaving leaving, long seed) {
  static Plan any(int number, RandomGenerator random) {
    Kind kind = Kind.any(random);
    return new Plan(
        number,
        kind,
        protocol(kind, random),
        Stage.any(random),
        Leaving.any(random),
        random.nextLong());
  }

  private static ClientProtocol protocol(Kind kind, RandomGenerator random) {
    List<ClientProtocol> all =
        kind == Kind.PORT_FORWARD ? ClientProtocol.FORWARDS : ClientProtocol.COMMANDS;
    return all.get(random.nextInt(all.size()));
  }

  /** Whether the OCI runtime is called for it. */
  boolean runsCommand() {
    Stage first =
        protocol.transport() == ClientProtocol.Transport.WEB_SOCKET ? Stage.UPGRADE : Stage.INPUT;
    return kind == Kind.EXEC && stage.reaches(first);
  }
}
