package io.conmonj.monitor.control;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.container.Containers;
import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;
import io.conmonj.streaming.server.StreamingServer;
import java.util.Map;

/**
 * {@code serverInfo} of our own interface: which monitor this is, how busy, and what it was woken
 * by.
 */
final class ServerInfoMethod implements RpcMethod {
  private final MonitorInfo info;
  private final BuildFacts facts;
  private final Containers containers;
  private final StreamingServer server;
  private final BudgetUse budget;

  ServerInfoMethod(
      MonitorInfo info,
      BuildFacts facts,
      Containers containers,
      StreamingServer server,
      BudgetUse budget) {
    this.info = info;
    this.facts = facts;
    this.containers = containers;
    this.server = server;
    this.budget = budget;
  }

  @Override
  public void call(IncomingCall call) {
    var response = call.response(Conmonj.ServerInfoResponse.factory);
    response.setProcessId(info.processId());
    response.setVersion(facts.version());
    response.setStartTimeNanos(info.startTimeNanos());
    response.setRuntimeDir(info.runtimeDir());
    response.setContainers(containers.all().size());
    response.setRuntime(info.runtime());
    response.setRuntimeRoot(info.runtimeRoot());
    fill(response);
    response.setSessions(server.sessionCount());
    budget.fill(response);
    fillSleeps(response);
    call.respond();
  }

  private void fill(Conmonj.ServerInfoResponse.Builder response) {
    var pod = response.initPod(containers.all().size());
    int i = 0;
    for (Container each : containers.all()) {
      Conmonj.PodContainer.Builder item = pod.get(i++);
      item.setId(each.id());
      item.setProcessId(each.pid());
    }
  }

  private void fillSleeps(Conmonj.ServerInfoResponse.Builder response) {
    response.setSleeps(info.welcome().sleeps());
    response.setAsleepNanos(info.welcome().asleep());
    response.setLastWake(info.wakes().last());
    Map<String, Long> came = info.wakes().came();
    var wakes = response.initWakes(came.size());
    int i = 0;
    for (Map.Entry<String, Long> each : came.entrySet()) {
      Conmonj.WakeCount.Builder wake = wakes.get(i++);
      wake.setCause(each.getKey());
      wake.setCount(each.getValue());
    }
  }
}
