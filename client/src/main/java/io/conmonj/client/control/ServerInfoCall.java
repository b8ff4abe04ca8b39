package io.conmonj.client.control;

import io.conmonj.client.model.ListedContainer;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.schema.Conmonj;
import java.util.ArrayList;
import java.util.List;

/** Asks what a monitor is, and what it looks after. */
public final class ServerInfoCall {
  private ServerInfoCall() {}

  /** Makes the call. */
  public static ControlCall<
          Conmonj.ServerInfoRequest.Builder, Conmonj.ServerInfoResponse.Reader, ServerInfo>
      create() {
    return new ControlCall<>(
        "ask what the monitor is",
        Conmonj.INTERFACE_ID,
        Conmonj.SERVER_INFO,
        Conmonj.ServerInfoRequest.factory,
        _ -> {},
        Conmonj.ServerInfoResponse.factory,
        ServerInfoCall::decode);
  }

  private static ServerInfo decode(Conmonj.ServerInfoResponse.Reader response) {
    List<ListedContainer> containers = new ArrayList<>(response.getPod().size());
    for (Conmonj.PodContainer.Reader each : response.getPod()) {
      containers.add(
          new ListedContainer(
              each.getId().toString(), Integer.toUnsignedLong(each.getProcessId())));
    }
    return new ServerInfo(
        response.getRuntime().toString(), response.getRuntimeRoot().toString(), containers);
  }
}
