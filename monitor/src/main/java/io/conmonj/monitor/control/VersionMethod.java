package io.conmonj.monitor.control;

import io.conmonj.monitor.version.BuildFacts;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmon;

/** {@code version}: who answers, and what it was built from. */
final class VersionMethod implements RpcMethod {
  private final int processId;
  private final BuildFacts facts;

  VersionMethod(int processId, BuildFacts facts) {
    this.processId = processId;
    this.facts = facts;
  }

  @Override
  public void call(IncomingCall call) {
    boolean verbose = call.request(Conmon.VersionRequest.factory).getVerbose();
    var response = call.response(Conmon.VersionResponse.factory);
    response.setProcessId(processId);
    response.setVersion(facts.version());
    response.setTag(facts.tag());
    response.setCommit(facts.commit());
    response.setBuildDate(facts.buildDate());
    response.setTarget(facts.target());
    response.setRustVersion(facts.javaVersion());
    response.setCargoVersion(facts.mavenVersion());
    response.setCargoTree(verbose ? facts.libraries() : "");
    call.respond();
  }
}
