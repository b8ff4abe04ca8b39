package io.conmonj.it.soak;

import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.DistributionCopy;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.LoopbackServer;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** What the sessions are on: two containers, a port that echoes, one that resets, one unused. */
final class SoakPod implements AutoCloseable {
  /** Input that this many bytes of let the command of an exec write them and end. */
  static final int ENOUGH = 1000;

  /**
   * Less than the minute for which URLs are good otherwise: in the end those are waited for that
   * nobody has used.
   */
  private static final String TOKEN_LIFETIME = "-Dconmonj.token.seconds=20";

  private static final int UNUSED_PORT = 1;

  private final EchoPod echo;
  private final PodContainer attachable;
  private final LoopbackServer reset;

  private SoakPod(EchoPod echo, PodContainer attachable, LoopbackServer reset) {
    this.echo = echo;
    this.attachable = attachable;
    this.reset = reset;
  }

  static SoakPod start(Path directory) throws IOException {
    DistributionCopy copy =
        DistributionCopy.make(directory.resolve("distribution")).withOption(TOKEN_LIFETIME);
    EchoPod echo = EchoPod.in(BusyboxPod.startBy(copy.launcher(), directory));
    try {
      return new SoakPod(
          echo,
          echo.pod().container("cat").create(it -> it.stdin(true)).start(),
          LoopbackServer.startBeside(echo.container().pid(), LoopbackServer.Service.RESET));
    } catch (IOException failed) {
      echo.close();
      throw failed;
    }
  }

  BusyboxPod pod() {
    return echo.pod();
  }

  /** The containers. */
  PodContainer[] containers() {
    return new PodContainer[] {echo.container(), attachable};
  }

  URI url(Plan plan) throws IOException {
    return switch (plan.kind()) {
      case EXEC ->
          plan.stage() == Stage.OUTPUT
              ? echo.exec("cat", "/dev/zero")
              : echo.exec("head", "-c", Integer.toString(ENOUGH));
      case ATTACH ->
          Replies.await(pod().monitor().serveAttach(ServeAttachRequest.interact(attachable.id())));
      case PORT_FORWARD -> echo.portForward(echo.echoPort());
    };
  }

  /** For one to four connections; the first echoes. */
  int[] ports(Plan plan) {
    int[] ports = new int[1 + Math.floorMod(plan.seed(), 4)];
    for (int i = 0; i < ports.length; i++) {
      ports[i] =
          switch (i) {
            case 0, 3 -> echo.echoPort();
            case 1 -> reset.port();
            default -> UNUSED_PORT;
          };
    }
    return ports;
  }

  @Override
  public void close() throws IOException {
    try (reset) {
      echo.close();
    }
  }
}
