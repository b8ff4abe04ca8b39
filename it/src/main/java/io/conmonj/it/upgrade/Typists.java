package io.conmonj.it.upgrade;

import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.it.echo.Latencies;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.BusyboxPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** People at terminals: of commands over WebSocket and SPDY, and of a container. */
final class Typists implements Load {
  private static final ClientProtocol WEB_SOCKET =
      new ClientProtocol(ClientProtocol.Transport.WEB_SOCKET, "v5.channel.k8s.io");
  private static final ClientProtocol SPDY =
      new ClientProtocol(ClientProtocol.Transport.SPDY, "v4.channel.k8s.io");

  private final BusyboxPod pod;

  /** Commands run in it. */
  private final PodContainer container;

  /** Is attached to. */
  private final PodContainer terminal;

  private final List<Typist> all = new ArrayList<>();

  private Typists(BusyboxPod pod) throws IOException {
    this.pod = pod;
    this.container = pod.container("sleep", "1000000").run();
    this.terminal = pod.terminalContainer("cat").create(it -> it.stdin(true)).start();
  }

  /** Begins. */
  static Typists start(BusyboxPod pod, long seed, Faults faults) throws IOException {
    Typists typists = new Typists(pod);
    try {
      typists.sitDown(new Random(seed), faults);
      return typists;
    } catch (IOException failed) {
      typists.close();
      throw failed;
    }
  }

  private void sitDown(Random seeds, Faults faults) throws IOException {
    EchoLink exec = WebSocketLink.command(exec(), WEB_SOCKET, Ending.killed());
    all.add(Typist.start("terminal over " + WEB_SOCKET, exec, seeds.nextLong(), faults));
    EchoLink spdy = SpdyLink.command(exec(), SPDY, "resize", Ending.killed());
    all.add(Typist.start("terminal over " + SPDY, spdy, seeds.nextLong(), faults));
    URI url = Replies.await(pod.monitor().serveAttach(ServeAttachRequest.interact(terminal.id())));
    EchoLink attach = WebSocketLink.command(url, WEB_SOCKET, Ending.success(WEB_SOCKET));
    all.add(Typist.start("terminal of a container", attach, seeds.nextLong(), faults));
  }

  private URI exec() throws IOException {
    return Replies.await(
        pod.monitor().serveExec(ServeExecRequest.terminal(container.id(), List.of("cat"))));
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  /** From keys to their echoes. */
  List<Stopwatch> echoes() {
    return all.stream().map(Typist::echoes).toList();
  }

  @Override
  public String end() throws IOException {
    all.forEach(Typist::stop);
    container.execSync("killall", "cat");
    pod.runc().kill(terminal.id(), "KILL");
    for (Typist each : all) {
      each.join();
    }
    Await.until("exit of the terminal is recorded", terminal::hasExited);
    long[] nanos =
        all.stream().flatMapToLong(each -> Arrays.stream(each.echoes().nanos())).toArray();
    return String.format(
        "%d keys were echoed at %d terminals, one by one; ms: %s",
        nanos.length, all.size(), UpgradeTimes.words(Latencies.of(nanos)));
  }

  @Override
  public void close() throws IOException {
    for (Typist each : all) {
      each.close();
    }
  }
}
