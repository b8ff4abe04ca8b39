package io.conmonj.it.clients;

import io.conmonj.client.Monitor;
import io.conmonj.client.model.AttachSettings;
import io.conmonj.client.model.CgroupManager;
import io.conmonj.client.model.ExecSettings;
import io.conmonj.client.model.ServeAttachRequest;
import io.conmonj.client.model.ServeExecRequest;
import io.conmonj.client.model.ServePortForwardRequest;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A monitor, asked for URLs as a container runtime asks it.
 *
 * @param monitor with the containers
 */
record MonitorTarget(Monitor monitor) implements StreamingTarget {

  @Override
  public URI exec(String container, List<String> command, Streams streams) throws IOException {
    return Replies.await(
        monitor.serveExec(
            new ServeExecRequest(
                container,
                command,
                streams.tty(),
                streams.stdin(),
                streams.stdout(),
                streams.stderr(),
                CgroupManager.CGROUPFS,
                Map.of(),
                ExecSettings.NONE)));
  }

  @Override
  public URI attach(String container, Streams streams) throws IOException {
    return Replies.await(
        monitor.serveAttach(
            new ServeAttachRequest(
                container,
                streams.stdin(),
                streams.stdout(),
                streams.stderr(),
                Map.of(),
                AttachSettings.NONE)));
  }

  @Override
  public URI portForward(String pod, List<Integer> ports) throws IOException {
    return Replies.await(monitor.servePortForward(new ServePortForwardRequest(pod, ports)));
  }
}
