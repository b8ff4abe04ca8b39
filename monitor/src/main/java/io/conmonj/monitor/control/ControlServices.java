package io.conmonj.monitor.control;

import io.conmonj.monitor.attach.AttachSockets;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.fdsocket.FdSocket;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.monitor.observe.Tracing;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.schema.Conmon;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.server.StreamingServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the control service: the one table of what it serves. */
public final class ControlServices {
  private ControlServices() {}

  /**
   * @param info of this monitor
   * @param facts of this build
   * @param containers the pod's
   * @param logs where containers may have their output logged
   * @param fdSocket takes descriptors for containers
   * @param namespaces of the pod, that containers share
   * @param server gives out streaming URLs
   * @param attachSockets of the containers
   * @param memory what memory is held for, but for the server's part
   * @param sleep has the monitor sleep
   * @param upgrade has another worker take over
   * @param latencies where calls are counted
   * @param inFlight where those are counted that are not answered
   * @param tracing where they are traced; empty for nowhere
   */
  public static ControlService create(
      MonitorInfo info,
      BuildFacts facts,
      Containers containers,
      ContainerLogs logs,
      FdSocket fdSocket,
      PodNamespaces namespaces,
      StreamingServer server,
      AttachSockets attachSockets,
      List<MemoryAccount> memory,
      SleepOrder sleep,
      UpgradeOrder upgrade,
      CallLatencies latencies,
      CallsInFlight inFlight,
      Optional<Tracing> tracing) {
    ExecSyncMethod execSync = new ExecSyncMethod(containers);
    ServeExecMethod exec = new ServeExecMethod(containers, server);
    ServeAttachMethod attach = new ServeAttachMethod(containers, server);
    ServePortForwardMethod portForward = new ServePortForwardMethod(containers, server);
    return new ControlService(
        Map.ofEntries(
            conmon(Conmon.VERSION, new VersionMethod(info.processId(), facts)),
            conmon(
                Conmon.CREATE_CONTAINER,
                new CreateContainerMethod(containers, new CreateRequest(logs, fdSocket))),
            conmon(Conmon.EXEC_SYNC_CONTAINER, execSync::compatible),
            conmon(
                Conmon.ATTACH_CONTAINER,
                new AttachRefusal(containers, new AttachMethod(containers, attachSockets))),
            conmon(Conmon.REOPEN_LOG_CONTAINER, new ReopenLogMethod(containers)),
            conmon(Conmon.SET_WINDOW_SIZE_CONTAINER, new SetWindowSizeMethod(containers)),
            conmon(Conmon.CREATE_NAMESPACES, new CreateNamespacesMethod(namespaces)),
            conmon(Conmon.START_FD_SOCKET, new StartFdSocketMethod(fdSocket)),
            conmon(Conmon.SERVE_EXEC_CONTAINER, exec::compatible),
            conmon(
                Conmon.SERVE_ATTACH_CONTAINER, new AttachRefusal(containers, attach::compatible)),
            conmon(Conmon.SERVE_PORT_FORWARD_CONTAINER, portForward::compatible),
            conmonj(
                Conmonj.SERVER_INFO,
                new ServerInfoMethod(
                    info, facts, containers, server, new BudgetUse(memory, server))),
            conmonj(Conmonj.EXEC_SYNC, execSync::withOptions),
            conmonj(Conmonj.SERVE_PORT_FORWARD, portForward::withPorts),
            conmonj(Conmonj.SERVE_EXEC, exec::withOptions),
            conmonj(Conmonj.SERVE_ATTACH, new AttachRefusal(containers, attach::withOptions)),
            conmonj(Conmonj.LIST_SESSIONS, new ListSessionsMethod(server)),
            conmonj(Conmonj.END_SESSION, new EndSessionMethod(server)),
            conmonj(Conmonj.SLEEP, new SleepMethod(sleep)),
            conmonj(Conmonj.UPGRADE, new UpgradeMethod(upgrade))),
        latencies,
        inFlight,
        tracing);
  }

  /** Makes one that tells of no pod, but what it was built from: for a rehearsal. */
  public static ControlService versionAlone(BuildFacts facts) {
    return new ControlService(
        Map.ofEntries(conmon(Conmon.VERSION, new VersionMethod(0, facts))),
        new CallLatencies(),
        new CallsInFlight(),
        Optional.empty());
  }

  private static Map.Entry<ControlService.MethodId, RpcMethod> conmon(int id, RpcMethod method) {
    return Map.entry(new ControlService.MethodId(Conmon.INTERFACE_ID, id), method);
  }

  private static Map.Entry<ControlService.MethodId, RpcMethod> conmonj(int id, RpcMethod method) {
    return Map.entry(new ControlService.MethodId(Conmonj.INTERFACE_ID, id), method);
  }
}
