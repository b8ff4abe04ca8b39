package io.conmonj.monitor.control;

import io.conmonj.monitor.upgrade.Upgraded;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code upgrade} of our own interface: another build's worker is to take the place of this one,
 * whose last act is the answer.
 */
final class UpgradeMethod implements RpcMethod {
  private final UpgradeOrder order;

  UpgradeMethod(UpgradeOrder order) {
    this.order = order;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException {
    Conmonj.UpgradeRequest.Reader request = call.request(Conmonj.UpgradeRequest.factory);
    Optional<Path> wanted =
        request.getDistribution().size() == 0
            ? Optional.empty()
            : Optional.of(
                Path.of(RequestFields.absolutePath("distribution", request.getDistribution())));
    Reply.when(order.give(wanted), call, upgraded -> respond(call, upgraded));
  }

  private static void respond(IncomingCall call, Upgraded upgraded) {
    Conmonj.UpgradeResponse.Builder response = call.response(Conmonj.UpgradeResponse.factory);
    response.setDistribution(upgraded.directory());
    response.setPauseNanos(upgraded.pause().toNanos());
    response.setEndedSessions(upgraded.endedSessions());
    response.setHolderStays(upgraded.holderStays().orElse(""));
    call.respond();
  }
}
