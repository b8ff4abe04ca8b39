package io.conmonj.client.control;

import io.conmonj.client.model.ListedContainer;
import io.conmonj.client.model.MemoryUse;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.model.SessionUse;
import io.conmonj.client.model.Sleeps;
import io.conmonj.client.model.WakeCount;
import io.conmonj.schema.Conmonj;
import java.time.Duration;
import java.time.Instant;
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
        response.getVersion().toString(),
        Integer.toUnsignedLong(response.getProcessId()),
        Instant.ofEpochSecond(0, response.getStartTimeNanos()),
        response.getRuntimeDir().toString(),
        response.getRuntime().toString(),
        response.getRuntimeRoot().toString(),
        containers,
        memory(response),
        sessions(response),
        sleeps(response));
  }

  private static List<MemoryUse> memory(Conmonj.ServerInfoResponse.Reader response) {
    List<MemoryUse> memory = new ArrayList<>(response.getMemory().size());
    for (Conmonj.MemoryUse.Reader each : response.getMemory()) {
      memory.add(
          new MemoryUse(each.getName().toString(), each.getHeldBytes(), each.getLimitBytes()));
    }
    return memory;
  }

  private static List<SessionUse> sessions(Conmonj.ServerInfoResponse.Reader response) {
    List<SessionUse> sessions = new ArrayList<>(response.getSessionUse().size());
    for (Conmonj.SessionUse.Reader each : response.getSessionUse()) {
      sessions.add(
          new SessionUse(
              each.getKind().toString(),
              Integer.toUnsignedLong(each.getConnected()),
              Integer.toUnsignedLong(each.getLimit())));
    }
    return sessions;
  }

  private static Sleeps sleeps(Conmonj.ServerInfoResponse.Reader response) {
    List<WakeCount> wokenBy = new ArrayList<>(response.getWakes().size());
    for (Conmonj.WakeCount.Reader each : response.getWakes()) {
      wokenBy.add(new WakeCount(each.getCause().toString(), each.getCount()));
    }
    return new Sleeps(
        Integer.toUnsignedLong(response.getSleeps()),
        Duration.ofNanos(response.getAsleepNanos()),
        wokenBy,
        response.getLastWake().toString());
  }
}
