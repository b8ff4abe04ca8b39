package io.conmonj.client.control;

import io.conmonj.client.model.UpgradeResult;
import io.conmonj.schema.Conmonj;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Has another build's worker take the place of a monitor's; the connection ends with it. */
public final class UpgradeCall {
  private UpgradeCall() {}

  /**
   * Makes the call.
   *
   * @param distribution the directory; empty for that of the launcher which the monitor was started
   *     by, or of the one named here last, wherever its path leads now
   */
  public static ControlCall<
          Conmonj.UpgradeRequest.Builder, Conmonj.UpgradeResponse.Reader, UpgradeResult>
      of(Optional<Path> distribution) {
    return new ControlCall<>(
        "upgrade the monitor",
        Conmonj.INTERFACE_ID,
        Conmonj.UPGRADE,
        Conmonj.UpgradeRequest.factory,
        request ->
            request.setDistribution(
                distribution.map(each -> each.toAbsolutePath().toString()).orElse("")),
        Conmonj.UpgradeResponse.factory,
        response ->
            new UpgradeResult(
                response.getDistribution().toString(),
                Duration.ofNanos(response.getPauseNanos()),
                Integer.toUnsignedLong(response.getEndedSessions()),
                Optional.of(response.getHolderStays().toString()).filter(why -> !why.isEmpty())));
  }
}
