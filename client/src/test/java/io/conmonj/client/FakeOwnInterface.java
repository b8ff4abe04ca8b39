package io.conmonj.client;

import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;
import java.util.List;
import java.util.function.Supplier;
import org.capnproto.StructList;

/**
 * The answers of a {@link FakeMonitor} to the calls of conmonj's own interface.
 *
 * @param requests takes a line of text for each
 * @param execUrl what serveExec answers
 * @param attachUrl what serveAttach answers
 * @param portForwardUrl what servePortForward answers
 * @param worker the process that sleep says is going to end
 * @param sleeps whether serverInfo tells that the monitor has slept
 */
record FakeOwnInterface(
    List<String> requests,
    Supplier<String> execUrl,
    Supplier<String> attachUrl,
    Supplier<String> portForwardUrl,
    long worker,
    boolean sleeps) {
  /** A distribution whose holder does not follow. */
  private static final String OLDER = "/opt/conmonj-of-old";

  void handle(IncomingCall call) {
    switch (call.methodId()) {
      case Conmonj.SERVER_INFO -> serverInfo(call);
      case Conmonj.LIST_SESSIONS -> listSessions(call);
      case Conmonj.SERVE_EXEC -> serveExec(call);
      case Conmonj.SERVE_ATTACH -> serveAttach(call);
      case Conmonj.SERVE_PORT_FORWARD -> servePortForward(call);
      case Conmonj.END_SESSION -> {
        requests.add("endSession " + call.request(Conmonj.EndSessionRequest.factory).getId());
        call.response(Conmonj.EndSessionResponse.factory);
        call.respond();
      }
      case Conmonj.SLEEP -> {
        call.response(Conmonj.SleepResponse.factory).setWorkerProcessId((int) worker);
        call.respond();
      }
      case Conmonj.UPGRADE -> {
        String distribution =
            call.request(Conmonj.UpgradeRequest.factory).getDistribution().toString();
        requests.add("upgrade " + distribution);
        Conmonj.UpgradeResponse.Builder response = call.response(Conmonj.UpgradeResponse.factory);
        response.setDistribution("/opt/conmonj-1.2.4");
        response.setPauseNanos(83_900_000);
        response.setEndedSessions(2);
        response.setHolderStays(distribution.equals(OLDER) ? "it is too old" : "");
        call.respond();
      }
      default -> call.unimplemented();
    }
  }

  private void serverInfo(IncomingCall call) {
    Conmonj.ServerInfoResponse.Builder info = call.response(Conmonj.ServerInfoResponse.factory);
    info.setVersion("1.2.3");
    info.setProcessId(4711);
    info.setStartTimeNanos(1_700_000_000_123_000_000L);
    info.setRuntimeDir("/run/pod");
    Conmonj.PodContainer.Builder container = info.initPod(1).get(0);
    container.setId("box");
    container.setProcessId(4712);
    StructList.Builder<Conmonj.MemoryUse.Builder> memory = info.initMemory(2);
    memory.get(0).setName("output");
    memory.get(0).setLimitBytes(10_485_760);
    memory.get(1).setName("sessions");
    memory.get(1).setHeldBytes(65_536);
    memory.get(1).setLimitBytes(12_582_912);
    StructList.Builder<Conmonj.SessionUse.Builder> sessions = info.initSessionUse(2);
    sessions.get(0).setKind("all");
    sessions.get(0).setConnected(2);
    sessions.get(0).setLimit(256);
    sessions.get(1).setKind("exec");
    sessions.get(1).setConnected(2);
    sessions.get(1).setLimit(192);
    if (sleeps) {
      tellSleeps(info);
    }
    call.respond();
  }

  private static void tellSleeps(Conmonj.ServerInfoResponse.Builder info) {
    info.setSleeps(12);
    info.setAsleepNanos(10_954_321_000_000L);
    StructList.Builder<Conmonj.WakeCount.Builder> wakes = info.initWakes(2);
    wakes.get(0).setCause("output");
    wakes.get(0).setCount(11);
    wakes.get(1).setCause("call");
    wakes.get(1).setCount(1);
    info.setLastWake("call");
  }

  private void serveExec(IncomingCall call) {
    Conmonj.ServeExecRequest.Reader request = call.request(Conmonj.ServeExecRequest.factory);
    StringBuilder line = new StringBuilder("serveExec ").append(request.getId());
    request.getCommand().forEach(word -> line.append(' ').append(word));
    line.append(" tty=").append(request.getTty());
    line.append(" stdin=").append(request.getStdin());
    line.append(" stdout=").append(request.getStdout());
    line.append(" stderr=").append(request.getStderr());
    request.getEnv().forEach(variable -> line.append(" env=").append(variable));
    line.append(" cwd=").append(request.getWorkingDirectory());
    line.append(" user=").append(request.getUser());
    for (int i = 0; i < request.getAdditionalGroups().size(); i++) {
      line.append(" group=").append(request.getAdditionalGroups().get(i));
    }
    line.append(" size=").append(request.getColumns()).append('x').append(request.getRows());
    line.append(" detach=").append(request.getDetachKeys());
    requests.add(line.toString());
    call.response(Conmonj.ServeExecResponse.factory).setUrl(execUrl.get());
    call.respond();
  }

  private void serveAttach(IncomingCall call) {
    Conmonj.ServeAttachRequest.Reader request = call.request(Conmonj.ServeAttachRequest.factory);
    requests.add(
        "serveAttach "
            + request.getId()
            + " stdin="
            + request.getStdin()
            + " stdout="
            + request.getStdout()
            + " stderr="
            + request.getStderr()
            + " replay="
            + request.getReplayBytes()
            + " once="
            + request.getStdinOnce()
            + " detach="
            + request.getDetachKeys());
    call.response(Conmonj.ServeAttachResponse.factory).setUrl(attachUrl.get());
    call.respond();
  }

  private void servePortForward(IncomingCall call) {
    requests.add(
        "servePortForward " + call.request(Conmonj.ServePortForwardRequest.factory).getId());
    call.response(Conmonj.ServePortForwardResponse.factory).setUrl(portForwardUrl.get());
    call.respond();
  }

  private static void listSessions(IncomingCall call) {
    var sessions = call.response(Conmonj.ListSessionsResponse.factory).initSessions(2);
    var exec = sessions.get(0);
    exec.setId(3);
    exec.setKind("exec");
    exec.setTarget("box");
    exec.setProtocol("SPDY/3.1 v4.channel.k8s.io");
    exec.setSinceNanos(1_700_000_000_123_000_000L);
    exec.setReceivedBytes(5);
    exec.setSentBytes(5_000_000_000L);
    exec.setClientGone(true);
    var forward = sessions.get(1);
    forward.setId(12);
    forward.setKind("port-forward");
    forward.setTarget("/run/netns/a");
    forward.setProtocol("SPDY/3.1+portforward.k8s.io");
    forward.setSinceNanos(1_700_000_001_000_000_000L);
    call.respond();
  }
}
