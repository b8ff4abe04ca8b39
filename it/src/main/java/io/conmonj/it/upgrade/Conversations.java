package io.conmonj.it.upgrade;

import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.echo.ClientProtocol;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.PodContainer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sessions of every kind over every protocol: commands, attachments each to a container of its own,
 * forwarded connections, and clients of attach sockets.
 */
final class Conversations implements Load {
  private final EchoPod pod;
  private final Random seeds;
  private final Faults faults;
  private final List<Conversation> all = new ArrayList<>();

  /** Those with a container of its own. */
  private final Map<PodContainer, Conversation> attached = new LinkedHashMap<>();

  private Conversations(EchoPod pod, long seed, Faults faults) {
    this.pod = pod;
    this.seeds = new Random(seed);
    this.faults = faults;
  }

  /**
   * Begins them.
   *
   * @param ofEach how many of each kind over each protocol
   */
  static Conversations start(EchoPod pod, int ofEach, long seed, Faults faults) throws IOException {
    Conversations conversations = new Conversations(pod, seed, faults);
    try {
      for (int i = 0; i < ofEach; i++) {
        conversations.addAll();
      }
      return conversations;
    } catch (IOException failed) {
      conversations.close();
      throw failed;
    }
  }

  private void addAll() throws IOException {
    for (ClientProtocol each : ClientProtocol.COMMANDS) {
      add("exec over " + each, EchoLink.toCommand(pod.exec("cat"), each, Ending.killed()));
      PodContainer container = container();
      attached.put(
          container,
          add(
              "attach over " + each,
              EchoLink.toCommand(attach(container), each, Ending.success(each))));
    }
    int port = pod.echoPort();
    for (ClientProtocol each : ClientProtocol.FORWARDS) {
      add("port-forward over " + each, EchoLink.toPort(pod.portForward(port), each, port));
    }
    PodContainer container = container();
    attached.put(
        container,
        add("attach socket", PacketLink.connect(AttachSocket.open(pod.pod(), container))));
  }

  private Conversation add(String name, EchoLink link) {
    Conversation added = Conversation.start(name, link, seeds.nextLong(), faults);
    all.add(added);
    return added;
  }

  private PodContainer container() throws IOException {
    return pod.pod().container("cat").create(it -> it.stdin(true)).start();
  }

  private URI attach(PodContainer container) throws IOException {
    return Replies.await(
        pod.pod().monitor().serveAttach(ServeAttachRequest.interact(container.id())));
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  @Override
  public String end() throws IOException {
    for (Conversation each : all) {
      each.stop();
    }
    pod.container().execSync("killall", "cat");
    for (PodContainer each : attached.keySet()) {
      pod.pod().runc().kill(each.id(), "KILL");
    }
    long bytes = 0;
    for (Conversation each : all) {
      each.end();
      bytes += each.bytes();
    }
    for (Map.Entry<PodContainer, Conversation> each : attached.entrySet()) {
      PodContainer container = each.getKey();
      Await.until("exit of " + container.id() + " is recorded", container::hasExited);
      each.getValue().checkLog(container.log());
    }
    return String.format(
        "%d sessions gave back %.1f MB, and ended when asked to", all.size(), bytes / 1e6);
  }

  @Override
  public void close() throws IOException {
    for (Conversation each : all) {
      each.close();
    }
  }
}
